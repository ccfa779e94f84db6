#include "textflag.h"

// MEASURE loads what node INDEX of a tree asks for.
#define MEASURE(TREE, INDEX, X) \
	MOVL  4(TREE)(INDEX*8), R15 \
	MOVSS (R10)(R15*4), X

// DOWN goes to child 2i+1 where the measurement is below the cut, or is no
// number, else to 2i.
#define DOWN(TREE, INDEX, X) \
	COMISS (TREE)(INDEX*8), X \
	ADCQ   INDEX, INDEX

// func walk(nodes *flat, leaves *float32, fours, size int, row *float32, s float32) float32
TEXT ·walk(SB), NOSPLIT, $0-52
	MOVQ  nodes+0(FP), SI
	MOVQ  leaves+8(FP), R11
	MOVQ  fours+16(FP), R13
	MOVQ  size+24(FP), R12
	MOVQ  row+32(FP), R10
	MOVSS s+40(FP), X0
	LEAQ  (R12*4), AX
	SUBQ  AX, R11 // leaves are counted on from the nodes
four:
	LEAQ (SI)(R12*8), DI
	LEAQ (DI)(R12*8), R8
	LEAQ (R8)(R12*8), R9
	MOVL $1, AX
	MOVL $1, BX
	MOVL $1, CX
	MOVL $1, DX
	CMPQ AX, R12
	JGE  bottom
level:
	MEASURE(SI, AX, X1)
	MEASURE(DI, BX, X2)
	MEASURE(R8, CX, X3)
	MEASURE(R9, DX, X4)
	DOWN(SI, AX, X1)
	DOWN(DI, BX, X2)
	DOWN(R8, CX, X3)
	DOWN(R9, DX, X4)
	CMPQ AX, R12
	JLT  level
bottom:
	ADDSS (R11)(AX*4), X0
	LEAQ  (R11)(R12*4), R11
	ADDSS (R11)(BX*4), X0
	LEAQ  (R11)(R12*4), R11
	ADDSS (R11)(CX*4), X0
	LEAQ  (R11)(R12*4), R11
	ADDSS (R11)(DX*4), X0
	LEAQ  (R11)(R12*4), R11
	LEAQ  (R9)(R12*8), SI
	DECQ  R13
	JNZ   four
	MOVSS X0, ret+48(FP)
	RET
