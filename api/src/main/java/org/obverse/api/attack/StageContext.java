package org.obverse.api.attack;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
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
     * The target, at exactly the access that the component declares.
     *
     * @throws IllegalArgumentException if the component declared another one
     */
    <O extends LabelOracle> O target(Class<O> access);

    /**
     * The generator that was prepared, or else the plan's.
     *
     * @throws IllegalArgumentException if a preparer did not declare that it needs one
     */
    Generator generator();

    /**
     * A network that the preparer made, such as a surrogate.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    Classifier network(String name);

    /**
     * Public images.
     *
     * @throws IllegalArgumentException if the component did not declare that it reads them
     */
    Images publicImages();

    /** For arrays that live until the stage's result was stored. */
    NDManager manager();

    /** The plan's batch size: no pass should take more images at once. */
    int batch();

    /**
     * Says what the result would be if the stage were ended now, for instance because its budget is spent. It takes the
     * place of what was emitted before, whose arrays the stage may then release.
     */
    void emit(Candidates candidates);

    /** {@inheritDoc} Called once per optimization step; displays show images per second from it. */
    @Override
    void progress(long done, long total, Map<String, Double> figures);
}
