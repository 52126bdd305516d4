package org.obverse.inversion;

import java.util.List;

/**
 * A learning rate that is multiplied by a factor after given numbers of steps (torch's MultiStepLR).
 *
 * @param initial of the first step
 * @param milestones numbers of steps, each of which the factor follows
 * @param factor what the rate is multiplied by
 */
public record StepDecay(double initial, List<Integer> milestones, double factor) implements Rate {
    public StepDecay {
        milestones = List.copyOf(milestones);
    }

    @Override
    public double at(int step) {
        double rate = initial;
        for (int milestone : milestones) {
            if (step >= milestone) {
                rate *= factor;
            }
        }
        return rate;
    }
}
