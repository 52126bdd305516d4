package org.obverse.api.attack;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.training.TrainingContext;

/**
 * What a stage is given for one unit of work. Used on the thread that called the stage, until the stage returns.
 *
 * <p>The engine has opened a scope for the unit: every array that the stage makes is released after its result was
 * stored. A stage opens a scope of its own per step, so that memory stays flat. Nothing is being recorded when it
 * starts.
 */
public interface StageContext extends TrainingContext {
    /** The classes that this unit is for, in the order of the request. */
    List<Integer> classes();

    /** The classes of all units, in the order of the request. */
    List<Integer> allClasses();

    /**
     * The target, at an access that the component or one that its configuration names declares.
     *
     * @throws IllegalArgumentException if none of them declared this one
     */
    <O extends LabelOracle> O target(Class<O> access);

    /**
     * The generator that was prepared, or else the plan's.
     *
     * @throws IllegalArgumentException if there is none, because nobody declared that it needs one
     */
    Generator generator();

    /**
     * A network that the preparer made, such as a surrogate.
     *
     * @throws IllegalArgumentException if there is none of this name, or neither the component nor one that its configuration names declared
     *     that it looks at it
     */
    Classifier network(String name);

    /**
     * Public images.
     *
     * @throws IllegalArgumentException if neither the component nor one that its configuration names declared that it reads them
     */
    Images publicImages();

    /** For arrays that live until the stage's result was stored. */
    NDManager manager();

    /** The plan's batch size: no pass should take more images at once. */
    int batch();

    /**
     * Leaves a way to the stage's result for the case that its budget of queries is spent before it returns. A stage that
     * asks the target must leave one before its first query; a later call takes the place of an earlier one.
     *
     * <p>The engine asks {@code found} at most once, on the stage's thread, after a query that would have exceeded the budget
     * was refused and the stage was ended by that: its scopes and recordings are closed, but not yet the unit's. It is never
     * asked when the stage returns. It may compute, with the generator too, but can ask the target nothing: every further
     * query is refused. What it reads must live beyond the step, and be as it was after the last step that was finished.
     *
     * @param found candidates of every class of the unit, as the stage itself would return them; they may be those that the
     *     stage was given
     */
    void onBudgetSpent(Supplier<Candidates> found);

    /** {@inheritDoc} Called once per optimization step; displays show images per second from it. */
    @Override
    void progress(long done, long total, Map<String, Double> figures);
}
