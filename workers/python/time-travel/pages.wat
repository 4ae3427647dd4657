;; A 128-bit hash of each page of Python's memory, 16 bytes at a time in four lanes (SIMD). It is no cryptographic hash:
;; it tells a page that changed from one that did not.
(module
  (import "python" "memory" (memory 1 65536))
  ;; The hash that `changed` computed last.
  (global $r0 (export "r0") (mut i32) (i32.const 0))
  (global $r1 (export "r1") (mut i32) (i32.const 0))
  (global $r2 (export "r2") (mut i32) (i32.const 0))
  (global $r3 (export "r3") (mut i32) (i32.const 0))

  ;; 1 where the hash of the `length` bytes at `at` is not h0 … h3; it is then in r0 … r3.
  (func (export "changed") (param $at i32) (param $length i32)
    (param $h0 i32) (param $h1 i32) (param $h2 i32) (param $h3 i32) (result i32)
    (local $end i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $key v128) (local $x v128) (local $y v128) (local $hash v128)
    (local.set $end (i32.add (local.get $at) (local.get $length)))
    (local.set $a (v128.const i64x2 0x9E3779B185EBCA87 0xC2B2AE3D27D4EB4F))
    (local.set $b (v128.const i64x2 0x165667B19E3779F9 0x85EBCA77C2B2AE63))
    (local.set $c (v128.const i64x2 0x27D4EB2F165667C5 0x9FB21C651E98DF25))
    (local.set $d (v128.const i64x2 0xD6E8FEB86659FD93 0xA0761D6478BD642F))
    (local.set $key (v128.const i64x2 0xBE4BA423396CFEB8 0x1CAD21F72C81017C))
    (loop $line
      ;; Each lane adds the halves of x, swapped, and the products of the halves of x ^ key. Written out four times: a
      ;; call would cost half of the speed where the browser does not inline it.
      (local.set $x (v128.load (local.get $at)))
      (local.set $y (v128.xor (local.get $x) (local.get $key)))
      (local.set $a
        (i64x2.add
          (i64x2.add
            (local.get $a)
            (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $x) (local.get $x)))
          (i64x2.extmul_low_i32x4_u
            (i8x16.shuffle 0 1 2 3 8 9 10 11 0 1 2 3 8 9 10 11 (local.get $y) (local.get $y))
            (i8x16.shuffle 4 5 6 7 12 13 14 15 4 5 6 7 12 13 14 15 (local.get $y) (local.get $y)))))
      (local.set $x (v128.load offset=16 (local.get $at)))
      (local.set $y (v128.xor (local.get $x) (local.get $key)))
      (local.set $b
        (i64x2.add
          (i64x2.add
            (local.get $b)
            (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $x) (local.get $x)))
          (i64x2.extmul_low_i32x4_u
            (i8x16.shuffle 0 1 2 3 8 9 10 11 0 1 2 3 8 9 10 11 (local.get $y) (local.get $y))
            (i8x16.shuffle 4 5 6 7 12 13 14 15 4 5 6 7 12 13 14 15 (local.get $y) (local.get $y)))))
      (local.set $x (v128.load offset=32 (local.get $at)))
      (local.set $y (v128.xor (local.get $x) (local.get $key)))
      (local.set $c
        (i64x2.add
          (i64x2.add
            (local.get $c)
            (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $x) (local.get $x)))
          (i64x2.extmul_low_i32x4_u
            (i8x16.shuffle 0 1 2 3 8 9 10 11 0 1 2 3 8 9 10 11 (local.get $y) (local.get $y))
            (i8x16.shuffle 4 5 6 7 12 13 14 15 4 5 6 7 12 13 14 15 (local.get $y) (local.get $y)))))
      (local.set $x (v128.load offset=48 (local.get $at)))
      (local.set $y (v128.xor (local.get $x) (local.get $key)))
      (local.set $d
        (i64x2.add
          (i64x2.add
            (local.get $d)
            (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $x) (local.get $x)))
          (i64x2.extmul_low_i32x4_u
            (i8x16.shuffle 0 1 2 3 8 9 10 11 0 1 2 3 8 9 10 11 (local.get $y) (local.get $y))
            (i8x16.shuffle 4 5 6 7 12 13 14 15 4 5 6 7 12 13 14 15 (local.get $y) (local.get $y)))))
      ;; The key goes on with the position, so that lines that changed places differ.
      (local.set $key (i64x2.add (local.get $key) (v128.const i64x2 0x9E3779B97F4A7C15 0xD1B54A32D192ED03)))
      (local.set $at (i32.add (local.get $at) (i32.const 64)))
      (br_if $line (i32.lt_u (local.get $at) (local.get $end))))
    (local.set $hash
      (v128.xor
        (v128.xor
          (i64x2.mul (local.get $a) (v128.const i64x2 0x9E3779B185EBCA87 0xC2B2AE3D27D4EB4F))
          (i64x2.mul (local.get $b) (v128.const i64x2 0x165667B19E3779F9 0x85EBCA77C2B2AE63)))
        (v128.xor
          (i64x2.mul (local.get $c) (v128.const i64x2 0x27D4EB2F165667C5 0x9FB21C651E98DF25))
          (i64x2.mul (local.get $d) (v128.const i64x2 0xD6E8FEB86659FD93 0xA0761D6478BD642F)))))
    (local.set $hash (v128.xor (local.get $hash) (i64x2.shr_u (local.get $hash) (i32.const 29))))
    (if (result i32)
      (v128.any_true
        (v128.xor
          (local.get $hash)
          (i32x4.replace_lane 3
            (i32x4.replace_lane 2
              (i32x4.replace_lane 1 (i32x4.splat (local.get $h0)) (local.get $h1))
              (local.get $h2))
            (local.get $h3))))
      (then
        (global.set $r0 (i32x4.extract_lane 0 (local.get $hash)))
        (global.set $r1 (i32x4.extract_lane 1 (local.get $hash)))
        (global.set $r2 (i32x4.extract_lane 2 (local.get $hash)))
        (global.set $r3 (i32x4.extract_lane 3 (local.get $hash)))
        (i32.const 1))
      (else (i32.const 0))))
)
