package org.obverse.testkit;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.obverse.api.attack.Candidates;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.random.RandomStream;

/**
 * One unit of work for a control under test: what a stage has, and an attack that is over.
 *
 * @param stage what it is lent like a stage, and its memory of what the control did
 * @param lent the data; asked for when the control asks
 * @param attacked what the attack delivered
 * @param questions that the attack asked
 * @param centerCrop side of the central square that it showed the target; 0 for whole images
 */
public record AttackedUnit(StageUnit stage, Supplier<Dataset> lent, Candidates attacked, long questions, int centerCrop)
        implements ControlContext {
    @Override
    public Dataset data() {
        return lent.get();
    }

    @Override
    public int delivered(int targetClass) {
        return attacked.of(targetClass).length;
    }

    @Override
    public List<Integer> classes() {
        return stage.classes();
    }

    @Override
    public List<Integer> allClasses() {
        return stage.allClasses();
    }

    @Override
    public <O extends LabelOracle> O target(Class<O> access) {
        return stage.target(access);
    }

    @Override
    public Generator generator() {
        return stage.generator();
    }

    @Override
    public Classifier network(String name) {
        return stage.network(name);
    }

    @Override
    public Images publicImages() {
        return stage.publicImages();
    }

    @Override
    public NDManager manager() {
        return stage.manager();
    }

    @Override
    public int batch() {
        return stage.batch();
    }

    @Override
    public void onBudgetSpent(Supplier<Candidates> found) {
        stage.onBudgetSpent(found);
    }

    @Override
    public RandomStream random() {
        return stage.random();
    }

    @Override
    public void checkpoint() {
        stage.checkpoint();
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        stage.progress(done, total, figures);
    }
}
