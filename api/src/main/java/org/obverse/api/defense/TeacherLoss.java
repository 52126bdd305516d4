package org.obverse.api.defense;

import ai.djl.ndarray.NDArray;

/**
 * A loss against the answers of a trained teacher, in place of the cross-entropy with the labels. The teacher sees the same batch, augmented
 * and transformed, and is in evaluation mode. The configuration of the defense is {@link Taught}. At most one per plan, and none beside
 * labels that an encoder or the recipe softens, which it would never see: the engine refuses these.
 */
public non-sealed interface TeacherLoss extends DefensePart {
    /**
     * @param student its logits {@code [N, classes]}
     * @param teacher what the teacher answered, {@code [N, classes]}, without gradients: its logits, where it teaches a target
     * @return {@code [N]}
     */
    NDArray loss(NDArray student, NDArray teacher);

    /**
     * What the student learns in place of its labels, as an attacker sees it who knows the teacher.
     *
     * @param teacher its logits {@code [N, classes]}
     * @return {@code [N, classes]}: rows of probabilities, the teacher's own if nothing else is said
     */
    default NDArray targets(NDArray teacher) {
        return teacher.softmax(1);
    }
}
