package org.obverse.plugins.smoothing;

import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.Schedule;

/**
 * The smoothing factor α of each epoch e of E, counted from 0.
 *
 * <p>The published code (Plug-and-Play-Attacks, revision 3087a4f0) increases a negative factor in three phases,
 *
 * <pre>
 *   e &lt; s        0
 *   s &le; e &lt; t    α (e + 1 - s) / (E - s)
 *   t &le; e        α
 * </pre>
 *
 * <p>with s = 50 and t = 75. Of 100 epochs, the ramp ends at α/2 and the factor then jumps. {@link Course#FRACTION} is
 * the same for every number of epochs: s = E/2 and t = 3E/4, unless a plan says other shares of E ({@code ramp} and
 * {@code hold}). A factor of at least 0 is constant, in the published code and here.
 *
 * <p>The final value is not reached, so that a plan is refused, by {@code reference} with 50 epochs or fewer and by
 * {@code fraction} with one, or with a ramp that begins in the last. The ramp of 51 to 75 epochs ends with α itself, in
 * the last of them.
 *
 * @param finalValue α
 * @param ramp s/E of {@link Course#FRACTION}
 * @param hold t/E of {@link Course#FRACTION}
 */
record SmoothingSchedule(double finalValue, Course course, double ramp, double hold) implements Schedule {
    static SmoothingSchedule of(LabelSmoothing configuration) {
        return new SmoothingSchedule(
                configuration.alpha(),
                configuration.alpha() < 0 ? configuration.schedule() : Course.CONSTANT,
                configuration.ramp(),
                configuration.hold());
    }

    @Override
    public double value(Epoch epoch) {
        return switch (course) {
            case FRACTION -> increasing(epoch, ramp * epoch.count(), hold * epoch.count());
            case REFERENCE -> increasing(epoch, 50, 75);
            case CONSTANT -> finalValue;
        };
    }

    private double increasing(Epoch epoch, double start, double jump) {
        if (epoch.index() < start) {
            return 0;
        }
        return epoch.index() < jump ? finalValue * ((epoch.index() + 1 - start) / (epoch.count() - start)) : finalValue;
    }
}
