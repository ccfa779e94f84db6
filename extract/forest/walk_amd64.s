#include "textflag.h"

// DOWN goes one level down a tree that stands TREE bytes behind SI: to child 2i+1
// where what node INDEX asks for is below the cut, or is no number, else to 2i.
#define DOWN(TREE, INDEX) \
	MOVL   TREE+4(SI)(INDEX*8), R15 \
	MOVSS  (R10)(R15*4), X1         \
	COMISS TREE(SI)(INDEX*8), X1    \
	ADCQ   INDEX, INDEX

// LEVEL goes one level down all eight trees, of 32 nodes each. While what one asks
// for is on its way from memory, the others have their turn.
#define LEVEL \
	DOWN(0, AX)     \
	DOWN(256, BX)   \
	DOWN(512, CX)   \
	DOWN(768, DX)   \
	DOWN(1024, DI)  \
	DOWN(1280, R8)  \
	DOWN(1536, R9)  \
	DOWN(1792, R12)

// func walk(nodes *flat, leaves *float32, eights int, row *float32, s float32) float32
TEXT ·walk(SB), NOSPLIT, $0-44
	MOVQ  nodes+0(FP), SI
	MOVQ  leaves+8(FP), R11
	MOVQ  eights+16(FP), R13
	MOVQ  row+24(FP), R10
	MOVSS s+32(FP), X0
eight:
	MOVL $1, AX
	MOVL $1, BX
	MOVL $1, CX
	MOVL $1, DX
	MOVL $1, DI
	MOVL $1, R8
	MOVL $1, R9
	MOVL $1, R12
	LEVEL
	LEVEL
	LEVEL
	LEVEL
	LEVEL
	ADDSS -128(R11)(AX*4), X0 // leaves are counted on from the nodes
	ADDSS 0(R11)(BX*4), X0
	ADDSS 128(R11)(CX*4), X0
	ADDSS 256(R11)(DX*4), X0
	ADDSS 384(R11)(DI*4), X0
	ADDSS 512(R11)(R8*4), X0
	ADDSS 640(R11)(R9*4), X0
	ADDSS 768(R11)(R12*4), X0
	ADDQ  $2048, SI
	ADDQ  $1024, R11
	DECQ  R13
	JNZ   eight
	MOVSS X0, ret+40(FP)
	RET
