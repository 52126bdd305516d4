package org.obverse.plugins.stylegan2;

import java.util.List;

/** Short trainings for tests. */
final class TrainingSettings {
    private TrainingSettings() {}

    static GeneratorTraining of(int steps, int adversarialFrom) {
        return inTwoStages(steps, adversarialFrom, 0);
    }

    static GeneratorTraining inTwoStages(int steps, int adversarialFrom, int mappingSteps) {
        return new GeneratorTraining(
                steps,
                8,
                4e-3,
                100,
                mappingSteps,
                2e-3,
                5,
                steps,
                0.1,
                1e-4,
                10,
                0.8,
                adversarialFrom,
                0.05,
                2e-3,
                1,
                2,
                List.of(new Focus(0, 0, 0.5, 0.5, 2)));
    }
}
