// The 3 x 3 maximum pooling with stride 2 of the encoder's network, forward and backward, on a CPU.
// bfloat16, channels last, values not below 0 (they come from a rectifier), so that their bit patterns order like whole numbers.
// PyTorch's own takes a third of a training step there.
#include <stdint.h>
#include <stddef.h>

static inline float to_float(uint16_t value) {
    union { uint32_t bits; float number; } u = { (uint32_t)value << 16 };
    return u.number;
}

static inline uint16_t to_bfloat16(float value) {
    union { float number; uint32_t bits; } u = { value };
    return (uint16_t)((u.bits + 0x7FFF + ((u.bits >> 16) & 1)) >> 16);
}

// x: n x h x w x c; y: n x oh x ow x c; winner: which of the nine places (0 to 8) gave the maximum; p: padding.
void max_pool_forward(const uint16_t *x, uint16_t *y, uint8_t *winner, int n, int h, int w, int c, int p, int oh, int ow) {
    #pragma omp parallel for collapse(2) schedule(static)
    for (int b = 0; b < n; b++)
        for (int i = 0; i < oh; i++)
            for (int j = 0; j < ow; j++) {
                uint16_t *to = y + (((size_t)b * oh + i) * ow + j) * c;
                uint8_t *place = winner + (((size_t)b * oh + i) * ow + j) * c;
                int first = 1;
                for (int u = 0; u < 3; u++)
                    for (int v = 0; v < 3; v++) {
                        int row = 2 * i + u - p, column = 2 * j + v - p;
                        if (row < 0 || row >= h || column < 0 || column >= w)
                            continue;
                        const uint16_t *from = x + (((size_t)b * h + row) * w + column) * c;
                        uint8_t id = (uint8_t)(3 * u + v);
                        if (first)
                            for (int k = 0; k < c; k++) { to[k] = from[k]; place[k] = id; }
                        else
                            for (int k = 0; k < c; k++) {
                                int greater = from[k] > to[k];
                                to[k] = greater ? from[k] : to[k];
                                place[k] = greater ? id : place[k];
                            }
                        first = 0;
                    }
            }
}

// gy: gradient of y; gx: gradient of x, which is written. At most 1,024 channels.
void max_pool_backward(const uint16_t *gy, const uint8_t *winner, uint16_t *gx, int n, int h, int w, int c, int p, int oh, int ow) {
    #pragma omp parallel for collapse(2) schedule(static)
    for (int b = 0; b < n; b++)
        for (int row = 0; row < h; row++) {
            float sum[1024];
            for (int column = 0; column < w; column++) {
                for (int k = 0; k < c; k++) sum[k] = 0;
                for (int u = 0; u < 3; u++)
                    for (int v = 0; v < 3; v++) {
                        int i2 = row + p - u, j2 = column + p - v;
                        if (i2 < 0 || j2 < 0 || (i2 & 1) || (j2 & 1) || i2 / 2 >= oh || j2 / 2 >= ow)
                            continue;
                        size_t at = (((size_t)b * oh + i2 / 2) * ow + j2 / 2) * c;
                        uint8_t id = (uint8_t)(3 * u + v);
                        for (int k = 0; k < c; k++) sum[k] += winner[at + k] == id ? to_float(gy[at + k]) : 0.f;
                    }
                uint16_t *to = gx + (((size_t)b * h + row) * w + column) * c;
                for (int k = 0; k < c; k++) to[k] = to_bfloat16(sum[k]);
            }
        }
}
