#include "textflag.h"

// The loops of lattice.go over labels, eight of them at a time; the order of
// every sum is the plain loops', so that not a bit of the results differs. All
// need AVX2.

#define QUAD(name, value) \
	DATA name+0(SB)/8, $value  \
	DATA name+8(SB)/8, $value  \
	DATA name+16(SB)/8, $value \
	DATA name+24(SB)/8, $value \
	GLOBL name(SB), RODATA|NOPTR, $32

QUAD(one<>, 0x3ff0000000000000)       // 1
QUAD(half<>, 0x3fe0000000000000)      // 1/2
QUAD(sixth<>, 0x3fc5555555555555)     // 1/6
QUAD(twentyfourth<>, 0x3fa5555555555555) // 1/24
QUAD(steps<>, 0x40471547652b82fe)     // 32/ln 2
QUAD(step<>, 0x3f962e42fefa39ef)      // ln 2/32
QUAD(tooFar<>, 0x4085e00000000000)    // 700
QUAD(bias<>, 1023)
QUAD(lowest<>, 0xff800000ff800000)    // -Inf, twice

DATA within<>+0(SB)/8, $0x0000001f0000001f
DATA within<>+8(SB)/8, $0x0000001f0000001f
GLOBL within<>(SB), RODATA|NOPTR, $16

// EXPNEG is expNeg of the four numbers in x, at least 0: result in x.
// R13: powers. Other registers are scratch.
#define EXPNEG(x, far, t, xn, n, r, p) \
	VCMPPD $0x1e, tooFar<>(SB), x, far \
	VMULPD steps<>(SB), x, t           \
	VCVTTPD2DQY t, xn                  \
	VCVTDQ2PD xn, r                    \
	VMULPD step<>(SB), r, r            \
	VSUBPD x, r, r                     \
	VMULPD twentyfourth<>(SB), r, p    \
	VADDPD sixth<>(SB), p, p           \
	VMULPD r, p, p                     \
	VADDPD half<>(SB), p, p            \
	VMULPD r, p, p                     \
	VADDPD one<>(SB), p, p             \
	VMULPD r, p, p                     \
	VADDPD one<>(SB), p, p

#define EXPNEG2(x, far, xt, t, xn, n, xr, r, p) \
	VPAND within<>(SB), xn, xt         \
	VPCMPEQD r, r, r                   \
	VGATHERDPD r, (R13)(xt*8), x       \
	VMULPD x, p, p                     \
	VPSRLD $5, xn, xn                  \
	VPMOVZXDQ xn, n                    \
	VMOVDQU bias<>(SB), t              \
	VPSUBQ n, t, t                     \
	VPSLLQ $52, t, t                   \
	VMULPD t, p, p                     \
	VANDNPD p, far, x

// func forward(alpha, beta *[8]float64, scale *float64, emit *Row, trans *moves, classes *uint8, n int, mask *[8]int32, powers *[32]float64)
TEXT ·forward(SB), NOSPLIT, $0-72
	MOVQ alpha+0(FP), SI
	MOVQ beta+8(FP), DI
	MOVQ scale+16(FP), R8
	MOVQ emit+24(FP), R9
	MOVQ trans+32(FP), R10
	MOVQ classes+40(FP), R11
	MOVQ n+48(FP), DX
	MOVQ mask+56(FP), R12
	MOVQ powers+64(FP), R13
	VMOVDQU (R12), Y15
	VPMOVSXDQ X15, Y14
	VPMOVSXDQ 16(R12), Y13
	MOVBQZX (R11), AX
	IMULQ $1088, AX
	ADDQ R10, AX
	VMOVUPD 512(AX), Y0 // from the start
	VMOVUPD 544(AX), Y1
	JMP emission
position:
	MOVBQZX (R11), AX
	IMULQ $1088, AX
	ADDQ R10, AX
	VBROADCASTSD (SI), Y2
	VMULPD (AX), Y2, Y0
	VMULPD 32(AX), Y2, Y1
#define FROM(at, row) \
	VBROADCASTSD at(SI), Y2      \
	VMULPD row(AX), Y2, Y3       \
	VMULPD row+32(AX), Y2, Y4    \
	VADDPD Y3, Y0, Y0            \
	VADDPD Y4, Y1, Y1
	FROM(8, 64)
	FROM(16, 128)
	FROM(24, 192)
	FROM(32, 256)
	FROM(40, 320)
	FROM(48, 384)
	FROM(56, 448)
	ADDQ $64, SI
emission:
	VMOVUPS (R9), Y5
	VMOVUPS lowest<>(SB), Y6
	VBLENDVPS Y15, Y5, Y6, Y6
	VEXTRACTF128 $1, Y6, X7
	VMAXPS X7, X6, X6
	VPERMILPS $0x4e, X6, X7
	VMAXPS X7, X6, X6
	VPERMILPS $0xb1, X6, X7
	VMAXPS X7, X6, X6
	VBROADCASTSS X6, Y6
	VSUBPS Y5, Y6, Y6
	VCVTPS2PD X6, Y7
	VEXTRACTF128 $1, Y6, X6
	VCVTPS2PD X6, Y8
	EXPNEG(Y7, Y2, Y3, X4, Y4, Y5, Y6)
	EXPNEG2(Y7, Y2, X3, Y3, X4, Y4, X5, Y5, Y6)
	EXPNEG(Y8, Y2, Y3, X4, Y4, Y5, Y6)
	EXPNEG2(Y8, Y2, X3, Y3, X4, Y4, X5, Y5, Y6)
	VANDPD Y14, Y7, Y7
	VANDPD Y13, Y8, Y8
	VMOVUPD Y7, (DI)
	VMOVUPD Y8, 32(DI)
	VMULPD Y7, Y0, Y0
	VMULPD Y8, Y1, Y1
	// The sum, from the first label to the last.
	VPERMILPD $1, X0, X2
	VADDSD X2, X0, X3
	VEXTRACTF128 $1, Y0, X2
	VADDSD X2, X3, X3
	VPERMILPD $1, X2, X2
	VADDSD X2, X3, X3
	VADDSD X1, X3, X3
	VPERMILPD $1, X1, X2
	VADDSD X2, X3, X3
	VEXTRACTF128 $1, Y1, X2
	VADDSD X2, X3, X3
	VPERMILPD $1, X2, X2
	VADDSD X2, X3, X3
	VMOVSD one<>(SB), X2
	VDIVSD X3, X2, X2
	VMOVSD X2, (R8)
	VBROADCASTSD X2, Y2
	VMULPD Y2, Y0, Y0
	VMULPD Y2, Y1, Y1
	VMOVUPD Y0, (SI)
	VMOVUPD Y1, 32(SI)
	ADDQ $64, DI
	ADDQ $8, R8
	ADDQ $32, R9
	INCQ R11
	DECQ DX
	JNZ  position
	VZEROUPPER
	RET

// func backward(alpha, beta *[8]float64, scale *float64, post *Row, trans *moves, classes *uint8, n int)
TEXT ·backward(SB), NOSPLIT, $0-56
	MOVQ alpha+0(FP), SI
	MOVQ beta+8(FP), DI
	MOVQ scale+16(FP), R8
	MOVQ post+24(FP), R9
	MOVQ trans+32(FP), R10
	MOVQ classes+40(FP), R11
	MOVQ n+48(FP), DX
	DECQ DX
	MOVQ DX, AX
	SHLQ $6, AX
	ADDQ AX, SI
	ADDQ AX, DI
	LEAQ (R8)(DX*8), R8
	MOVQ DX, AX
	SHLQ $5, AX
	ADDQ AX, R9
	ADDQ DX, R11
	VMOVUPD one<>(SB), Y0
	VMOVUPD Y0, Y1
position:
	VMULPD (SI), Y0, Y2
	VMULPD 32(SI), Y1, Y3
	VCVTPD2PSY Y2, X2
	VCVTPD2PSY Y3, X3
	VMOVUPS X2, (R9)
	VMOVUPS X3, 16(R9)
	VBROADCASTSD (R8), Y2
	VMULPD Y2, Y0, Y0
	VMULPD Y2, Y1, Y1
	VMULPD (DI), Y0, Y0
	VMULPD 32(DI), Y1, Y1
	VMOVUPD Y0, (DI)
	VMOVUPD Y1, 32(DI)
	TESTQ DX, DX
	JZ   done
	MOVBQZX (R11), AX
	IMULQ $1088, AX
	ADDQ R10, AX
	VBROADCASTSD (DI), Y2
	VMULPD 576(AX), Y2, Y0
	VMULPD 608(AX), Y2, Y1
#define TO(at, row) \
	VBROADCASTSD at(DI), Y2      \
	VMULPD row(AX), Y2, Y3       \
	VMULPD row+32(AX), Y2, Y4    \
	VADDPD Y3, Y0, Y0            \
	VADDPD Y4, Y1, Y1
	TO(8, 640)
	TO(16, 704)
	TO(24, 768)
	TO(32, 832)
	TO(40, 896)
	TO(48, 960)
	TO(56, 1024)
	SUBQ $64, SI
	SUBQ $64, DI
	SUBQ $8, R8
	SUBQ $32, R9
	DECQ R11
	DECQ DX
	JMP  position
done:
	VZEROUPPER
	RET

// func viterbi(best, emit *Row, weights *float32, classes *uint8, n, labels int)
TEXT ·viterbi(SB), NOSPLIT, $0-48
	MOVQ best+0(FP), SI
	MOVQ emit+8(FP), DI
	MOVQ weights+16(FP), R8
	MOVQ classes+24(FP), R9
	MOVQ n+32(FP), DX
	MOVQ labels+40(FP), R10
	JMP  next
position:
	MOVBQZX (R9), AX
	IMULQ $288, AX
	ADDQ R8, AX
	VBROADCASTSS (SI), Y1
	VADDPS (AX), Y1, Y0
	MOVQ $1, BX
	JMP  more
from:
	ADDQ $32, AX
	VBROADCASTSS (SI)(BX*4), Y1
	VADDPS (AX), Y1, Y1
	VMAXPS Y1, Y0, Y0
	INCQ BX
more:
	CMPQ BX, R10
	JLT  from
	VADDPS (DI), Y0, Y0
	ADDQ $32, SI
	VMOVUPS Y0, (SI)
next:
	INCQ R9
	ADDQ $32, DI
	DECQ DX
	JGT  position
	VZEROUPPER
	RET
