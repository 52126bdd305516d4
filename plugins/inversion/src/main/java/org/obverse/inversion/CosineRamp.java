package org.obverse.inversion;

/**
 * A learning rate that rises linearly and at last falls along half a cosine (the schedule of StyleGAN2's projector, Karras et
 * al. 2020): with {@code t = step / steps},
 * {@code initial · ½ (1 − cos(π min(1, (1 − t) / down))) · min(1, t / up)}. The first step has the rate 0 unless {@code up} is 0.
 *
 * @param initial between rise and fall
 * @param steps of the whole search
 * @param up share of the steps in which it rises
 * @param down share of the steps in which it falls
 */
public record CosineRamp(double initial, int steps, double up, double down) implements Rate {
    @Override
    public double at(int step) {
        double t = (double) step / steps;
        double fall = down == 0 ? 1 : Math.min(1, (1 - t) / down);
        double rise = up == 0 ? 1 : Math.min(1, t / up);
        return initial * 0.5 * (1 - Math.cos(Math.PI * fall)) * rise;
    }
}
