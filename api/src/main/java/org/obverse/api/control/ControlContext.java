package org.obverse.api.control;

import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.StageContext;
import org.obverse.api.data.Dataset;

/**
 * What a control is given: what a stage of the attack has, on the same terms, and what only those who judge it know. The generator is the
 * one that the attack searched; the target is the attack's, behind its output filters, and what it is asked is counted apart from what
 * the attack asked. There is no budget: what {@link #onBudgetSpent} leaves is asked for only where work is cut short to time it.
 */
public interface ControlContext extends StageContext {
    /**
     * How many candidates of a class the attack delivered, at least 1.
     *
     * @throws IllegalArgumentException if the control did not declare {@code Reading.DELIVERED}
     */
    int delivered(int targetClass);

    /**
     * What the attack delivered; not to be changed.
     *
     * @throws IllegalArgumentException if the control did not declare {@code Reading.CANDIDATES}
     */
    Candidates attacked();

    /**
     * How many images the attack asked the target about: all stages, classes and kinds of question together. One of a white box counts as
     * one, though it tells more.
     *
     * @throws IllegalArgumentException if the control did not declare {@code Reading.QUERIES}
     */
    long questions();

    /**
     * The side of the central square that the attack shows the target, in pixels of the generator's images: that of its last stage which
     * states one ({@link org.obverse.api.attack.CenterCropped}); 0 for the whole image, and where none does.
     *
     * @throws IllegalArgumentException if the control did not declare {@code Reading.VIEW}
     */
    int centerCrop();

    /**
     * The data that the target was trained on. Its images throw {@link IllegalArgumentException} for a part that neither the control nor a
     * component that its configuration names declared.
     *
     * @throws IllegalArgumentException if they declared none
     */
    Dataset data();
}
