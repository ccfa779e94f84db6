#include "textflag.h"

// Each function here has a plain twin in Go, which says what it means; fuzz
// tests hold them to each other. All need AVX2 and BMI2.

// 0, 0, 0, 0, then all bits: four words from word r on mask all but the last r.
DATA lastWords<>+0(SB)/8, $0
DATA lastWords<>+8(SB)/8, $0
DATA lastWords<>+16(SB)/8, $0
DATA lastWords<>+24(SB)/8, $0
DATA lastWords<>+32(SB)/8, $-1
DATA lastWords<>+40(SB)/8, $-1
DATA lastWords<>+48(SB)/8, $-1
GLOBL lastWords<>(SB), RODATA|NOPTR, $56

// Seven of eight labels.
DATA sevenLabels<>+0(SB)/8, $-1
DATA sevenLabels<>+8(SB)/8, $-1
DATA sevenLabels<>+16(SB)/8, $-1
DATA sevenLabels<>+24(SB)/8, $0x00000000ffffffff
GLOBL sevenLabels<>(SB), RODATA|NOPTR, $32

// Which feature stands in which lane of eight in triplesSum.
DATA laneOf<>+0(SB)/8, $0x0000000100000000
DATA laneOf<>+8(SB)/8, $0x0000000500000004
DATA laneOf<>+16(SB)/8, $0x0000000300000002
DATA laneOf<>+24(SB)/8, $0x0000000700000006
GLOBL laneOf<>(SB), RODATA|NOPTR, $32

DATA evenBytes<>+0(SB)/4, $0x00ff00ff
GLOBL evenBytes<>(SB), RODATA|NOPTR, $4

// func touch64(slots *uint64, shift uint64, hashes *uint64, n int)
TEXT ·touch64(SB), NOSPLIT, $0-32
	MOVQ slots+0(FP), SI
	MOVQ shift+8(FP), CX
	MOVQ hashes+16(FP), DI
	MOVQ n+24(FP), DX
	TESTQ DX, DX
	JLE  done
loop:
	SHRXQ CX, (DI), AX
	PREFETCHT0 (SI)(AX*8)
	ADDQ $8, DI
	DECQ DX
	JNZ  loop
done:
	RET

// EMIT adds up what the four slots in Y0 hold for the four hashes in Y1.
// Y10: even bytes, Y11: 0; sums in Y12 (even labels), Y13 (odd), Y14 (found).
#define EMIT \
	VPSLLQ   $56, Y1, Y1   \
	VPXOR    Y1, Y0, Y0    \
	VPSRLQ   $56, Y0, Y2   \
	VPCMPEQQ Y11, Y2, Y2

#define EMITSUM \
	VPAND    Y2, Y0, Y0    \
	VPSUBQ   Y2, Y14, Y14  \
	VPAND    Y10, Y0, Y3   \
	VPSRLW   $8, Y0, Y4    \
	VPADDW   Y3, Y12, Y12  \
	VPADDW   Y4, Y13, Y13

#define GATHER64 \
	SHRXQ    CX, (DI), AX          \
	SHRXQ    CX, 8(DI), BX         \
	SHRXQ    CX, 16(DI), R8        \
	SHRXQ    CX, 24(DI), R9        \
	VMOVQ    (SI)(AX*8), X0        \
	VMOVQ    (SI)(R8*8), X3        \
	VPINSRQ  $1, (SI)(BX*8), X0, X0 \
	VPINSRQ  $1, (SI)(R9*8), X3, X3 \
	VINSERTI128 $1, X3, Y0, Y0     \
	VMOVDQU  (DI), Y1

// func emit(slots *uint64, shift uint64, hashes *uint64, n int, scale float32, e *Row)
TEXT ·emit(SB), NOSPLIT, $0-48
	MOVQ slots+0(FP), SI
	MOVQ shift+8(FP), CX
	MOVQ hashes+16(FP), DI
	MOVQ n+24(FP), DX
	MOVQ e+40(FP), R10
	VPBROADCASTD evenBytes<>(SB), Y10
	VPXOR Y11, Y11, Y11
	VPXOR Y12, Y12, Y12
	VPXOR Y13, Y13, Y13
	VPXOR Y14, Y14, Y14
	MOVQ DX, R11
	ANDQ $3, R11
	SHRQ $2, DX
loop:
	GATHER64
	EMIT
	EMITSUM
	ADDQ $32, DI
	DECQ DX
	JNZ  loop
	TESTQ R11, R11
	JZ   sum
	// The last four once more, without those that have been counted.
	LEAQ -32(DI)(R11*8), DI
	GATHER64
	EMIT
	LEAQ lastWords<>(SB), R8
	VPAND (R8)(R11*8), Y2, Y2
	EMITSUM
sum:
	VEXTRACTI128 $1, Y12, X0
	VEXTRACTI128 $1, Y13, X1
	VEXTRACTI128 $1, Y14, X2
	VPADDW X0, X12, X12
	VPADDW X1, X13, X13
	VPADDQ X2, X14, X14
	VPSRLDQ $8, X12, X0
	VPSRLDQ $8, X13, X1
	VPSRLDQ $8, X14, X2
	VPADDW X0, X12, X12
	VPADDW X1, X13, X13
	VPADDQ X2, X14, X14
	VPUNPCKLWD X13, X12, X12    // labels in order
	VPMOVZXWD X12, Y12
	VPBROADCASTD X14, Y14
	VPSLLD $7, Y14, Y14         // 128 for each feature found
	VPSUBD Y14, Y12, Y12
	VPAND sevenLabels<>(SB), Y12, Y12
	VCVTDQ2PS Y12, Y12
	VBROADCASTSS scale+32(FP), Y0
	VMULPS Y0, Y12, Y12
	VMOVUPS Y12, (R10)
	VZEROUPPER
	RET

#define GATHER32 \
	SHRXQ   CX, (DI), AX     \
	SHRXQ   CX, 8(DI), BX    \
	SHRXQ   CX, 16(DI), R8   \
	SHRXQ   CX, 24(DI), R9   \
	VMOVD   (SI)(AX*4), X0   \
	VMOVD   (SI)(R8*4), X1   \
	VPINSRD $1, (SI)(BX*4), X0, X0 \
	VPINSRD $1, (SI)(R9*4), X1, X1 \
	SHRXQ   CX, 32(DI), AX   \
	SHRXQ   CX, 40(DI), BX   \
	SHRXQ   CX, 48(DI), R8   \
	SHRXQ   CX, 56(DI), R9   \
	VPINSRD $2, (SI)(AX*4), X0, X0 \
	VPINSRD $2, (SI)(R8*4), X1, X1 \
	VPINSRD $3, (SI)(BX*4), X0, X0 \
	VPINSRD $3, (SI)(R9*4), X1, X1 \
	VINSERTI128 $1, X1, Y0, Y0 \
	VMOVDQU (DI), Y1         \
	VSHUFPS $0x88, 32(DI), Y1, Y1 \
	VPSLLD  $24, Y1, Y1      \
	VPXOR   Y1, Y0, Y0       \
	VPSRLD  $24, Y0, Y2      \
	VPCMPEQD Y11, Y2, Y2

#define FOURSSUM \
	VPAND   Y2, Y0, Y0       \
	VPAND   Y10, Y0, Y3      \
	VPSRLW  $8, Y0, Y4       \
	VPADDW  Y3, Y12, Y12     \
	VPADDW  Y4, Y13, Y13

// func triplesSum(slots *uint32, shift uint64, hashes *uint64, n int) uint64
TEXT ·triplesSum(SB), NOSPLIT, $0-40
	MOVQ slots+0(FP), SI
	MOVQ shift+8(FP), CX
	MOVQ hashes+16(FP), DI
	MOVQ n+24(FP), DX
	VPBROADCASTD evenBytes<>(SB), Y10
	VPXOR Y11, Y11, Y11
	VPXOR Y12, Y12, Y12
	VPXOR Y13, Y13, Y13
	MOVQ DX, R11
	ANDQ $7, R11
	SHRQ $3, DX
loop:
	GATHER32
	FOURSSUM
	ADDQ $64, DI
	DECQ DX
	JNZ  loop
	TESTQ R11, R11
	JZ   sum
	// The last eight once more, without those that have been counted.
	LEAQ -64(DI)(R11*8), DI
	GATHER32
	MOVL $7, AX
	SUBL R11, AX
	VMOVD AX, X3
	VPBROADCASTD X3, Y3
	VMOVDQU laneOf<>(SB), Y4
	VPCMPGTD Y3, Y4, Y4
	VPAND Y4, Y2, Y2
	FOURSSUM
sum:
	VEXTRACTI128 $1, Y12, X0
	VEXTRACTI128 $1, Y13, X1
	VPADDW X0, X12, X12
	VPADDW X1, X13, X13
	VPSRLDQ $8, X12, X0
	VPSRLDQ $8, X13, X1
	VPADDW X0, X12, X12
	VPADDW X1, X13, X13
	VPSRLDQ $4, X12, X0
	VPSRLDQ $4, X13, X1
	VPADDW X0, X12, X12
	VPADDW X1, X13, X13
	VMOVD X12, AX
	VMOVD X13, BX
	MOVQ AX, DX
	ANDL $0xffff, AX
	SHRL $16, DX
	SHLQ $32, DX
	SHLQ $16, BX
	ORQ  DX, AX
	ORQ  BX, AX
	MOVQ AX, ret+32(FP)
	VZEROUPPER
	RET

// func placeTouch(values *uint64, n int, base, size *uint64, slots *uint32, shift uint64)
TEXT ·placeTouch(SB), NOSPLIT, $0-48
	MOVQ values+0(FP), DI
	MOVQ n+8(FP), R8
	MOVQ base+16(FP), R9
	MOVQ size+24(FP), R10
	MOVQ slots+32(FP), SI
	MOVQ shift+40(FP), CX
	MOVQ $0xa0761d6478bd642f, R11
	XORL BX, BX
	TESTQ R8, R8
	JLE  done
loop:
	MOVQ  (DI)(BX*8), DX
	IMULQ R11, DX
	MULXQ (R10)(BX*8), AX, DX
	ADDQ  (R9)(BX*8), DX
	MOVQ  DX, (DI)(BX*8)
	SHRXQ CX, DX, DX
	PREFETCHT0 (SI)(DX*4)
	INCQ  BX
	CMPQ  BX, R8
	JLT   loop
done:
	RET

// func rowsTouch(hashes *uint64, n int, slots *uint32, shift uint64, rows *uint32, cells *byte) int
TEXT ·rowsTouch(SB), NOSPLIT, $0-56
	MOVQ hashes+0(FP), DI
	MOVQ n+8(FP), R8
	MOVQ slots+16(FP), SI
	MOVQ shift+24(FP), CX
	MOVQ rows+32(FP), R9
	MOVQ cells+40(FP), R10
	XORL BX, BX // features seen
	XORL DX, DX // of them, those with a row
	TESTQ R8, R8
	JLE  done
loop:
	MOVQ  (DI)(BX*8), AX
	SHRXQ CX, AX, R11
	SHLL  $20, AX
	XORL  (SI)(R11*4), AX // the row alone where checks agree
	MOVL  AX, (R9)(DX*4)
	INCQ  BX
	CMPL  AX, $0x100000
	ADCQ  $0, DX
	CMPQ  BX, R8
	JLT   loop
	XORL  BX, BX
	TESTQ DX, DX
	JZ    done
touch:
	MOVL  (R9)(BX*4), AX
	SHLQ  $6, AX
	PREFETCHT0 (R10)(AX*1)
	INCQ  BX
	CMPQ  BX, DX
	JLT   touch
done:
	MOVQ DX, ret+48(FP)
	RET

// COLUMNS makes, of the sums of 16 columns in y (x: its lower half), numbers of
// which the smallest is that of the best allowed column: for each of both halves
// its rank and, in the upper 16 bits, its place. Y8: allowed columns from these
// on; Y9: a bit a column; Y10: 0x7fff; Y11: 0.
#define COLUMNS(y, x, at) \
	VPBROADCASTW X8, Y4      \
	VPSRLQ   $16, X8, X8     \
	VPAND    Y9, Y4, Y4      \
	VPCMPEQW Y11, Y4, Y4     \
	VPXOR    Y10, y, y       \
	VPOR     Y4, y, y        \
	VEXTRACTI128 $1, y, X5   \
	VPHMINPOSUW x, X4        \
	VPHMINPOSUW X5, X5       \
	VMOVD    X4, AX          \
	VMOVD    X5, BX          \
	ROLL     $16, AX         \
	ROLL     $16, BX         \
	ADDL     $at, AX         \
	ADDL     $(at+8), BX     \
	CMPL     AX, CX          \
	CMOVLCS  AX, CX          \
	CMPL     BX, CX          \
	CMOVLCS  BX, CX

DATA columnBits<>+0(SB)/8, $0x0008000400020001
DATA columnBits<>+8(SB)/8, $0x0080004000200010
DATA columnBits<>+16(SB)/8, $0x0800040002000100
DATA columnBits<>+24(SB)/8, $0x8000400020001000
GLOBL columnBits<>(SB), RODATA|NOPTR, $32

// func bestOf64(cells *byte, rows *uint32, n int, allowed uint64) int
TEXT ·bestOf64(SB), NOSPLIT, $0-40
	MOVQ cells+0(FP), SI
	MOVQ rows+8(FP), DI
	MOVQ n+16(FP), DX
	VMOVQ allowed+24(FP), X8
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y11, Y11, Y11
	TESTQ DX, DX
	JLE  best
loop:
	MOVL (DI), AX
	SHLQ $6, AX
	VPMOVSXBW (SI)(AX*1), Y4
	VPMOVSXBW 16(SI)(AX*1), Y5
	VPMOVSXBW 32(SI)(AX*1), Y6
	VPMOVSXBW 48(SI)(AX*1), Y7
	VPADDW Y4, Y0, Y0
	VPADDW Y5, Y1, Y1
	VPADDW Y6, Y2, Y2
	VPADDW Y7, Y3, Y3
	ADDQ $4, DI
	DECQ DX
	JNZ  loop
best:
	VMOVDQU columnBits<>(SB), Y9
	VPCMPEQD Y10, Y10, Y10
	VPSRLW $1, Y10, Y10
	MOVL $-1, CX
	COLUMNS(Y0, X0, 0)
	COLUMNS(Y1, X1, 16)
	COLUMNS(Y2, X2, 32)
	COLUMNS(Y3, X3, 48)
	MOVQ CX, ret+32(FP)
	VZEROUPPER
	RET

// func bestOf32(cells *byte, rows *uint32, n int, allowed uint64) int
TEXT ·bestOf32(SB), NOSPLIT, $0-40
	MOVQ cells+0(FP), SI
	MOVQ rows+8(FP), DI
	MOVQ n+16(FP), DX
	VMOVQ allowed+24(FP), X8
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y11, Y11, Y11
	TESTQ DX, DX
	JLE  best
loop:
	MOVL (DI), AX
	SHLQ $6, AX
	VPMOVSXBW (SI)(AX*1), Y4
	VPMOVSXBW 16(SI)(AX*1), Y5
	VPADDW Y4, Y0, Y0
	VPADDW Y5, Y1, Y1
	ADDQ $4, DI
	DECQ DX
	JNZ  loop
best:
	VMOVDQU columnBits<>(SB), Y9
	VPCMPEQD Y10, Y10, Y10
	VPSRLW $1, Y10, Y10
	MOVL $-1, CX
	COLUMNS(Y0, X0, 0)
	COLUMNS(Y1, X1, 16)
	MOVQ CX, ret+32(FP)
	VZEROUPPER
	RET
