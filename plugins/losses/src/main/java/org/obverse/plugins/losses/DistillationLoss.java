package org.obverse.plugins.losses;

import ai.djl.ndarray.NDArray;
import org.obverse.api.defense.TeacherLoss;

/**
 * With {@code q = softmax(z_T/T)} of the teacher: {@code −Σ q log softmax(z_S)} of a student at temperature 1, or {@code T² Σ q (log q − log
 * softmax(z_S/T))} of one at the teacher's (Hinton, Vinyals and Dean 2015, arXiv 1503.02531, section 2).
 */
record DistillationLoss(Distillation settings) implements TeacherLoss {
    @Override
    public NDArray loss(NDArray student, NDArray teacher) {
        double temperature = settings.temperature();
        NDArray logs = teacher.div(temperature).logSoftmax(1);
        NDArray soft = logs.exp();
        return switch (settings.studentTemperature()) {
            case ONE -> soft.mul(student.logSoftmax(1)).sum(new int[] {1}).neg();
            case SAME ->
                soft.mul(logs.sub(student.div(temperature).logSoftmax(1)))
                        .sum(new int[] {1})
                        .mul(temperature * temperature);
        };
    }
}
