package org.obverse.engine.lend;

import ai.djl.ndarray.NDManager;
import com.google.common.base.Suppliers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.obverse.api.attack.Candidates;
import org.obverse.api.control.ControlContext;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.network.Classifier;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.plugin.Requirements.Reading;
import org.obverse.api.random.RandomStream;

/** What a control is lent for one unit: no more than its component declared. */
public record ControlLoan(StageLoan stage, Reads reads, Supplier<DataImages> images, Attacked attacker)
        implements ControlContext {
    /**
     * What a control declared.
     *
     * @param component its name, for messages
     */
    public record Reads(String component, Set<Part> data, Set<Reading> attack) {
        public Reads {
            data = Set.copyOf(data);
            attack = Set.copyOf(attack);
        }
    }

    /**
     * What is known of the attack; nothing of it is asked for that the control did not declare.
     *
     * @param classes of the candidates that were delivered
     * @param queries how many images the attack asked about, in all
     * @param centerCrop side of the central square that it showed the target; 0 for whole images
     */
    public record Attacked(
            Supplier<List<Integer>> classes, Supplier<Candidates> candidates, Supplier<Long> queries, int centerCrop) {
        public Attacked {
            classes = Suppliers.memoize(classes::get);
            candidates = Suppliers.memoize(candidates::get);
        }
    }

    private void require(Reading reading, String what) {
        if (!reads.attack().contains(reading)) {
            throw new IllegalArgumentException(
                    "component '%s' did not declare that it reads %s: Requirements.reads(Reading.%s)"
                            .formatted(reads.component(), what, reading));
        }
    }

    @Override
    public int delivered(int targetClass) {
        require(Reading.DELIVERED, "how many candidates the attack delivered");
        int delivered = Collections.frequency(attacker.classes().get(), targetClass);
        if (delivered == 0) {
            throw new IllegalStateException("the attack delivered nothing of class " + targetClass);
        }
        return delivered;
    }

    @Override
    public Candidates attacked() {
        require(Reading.CANDIDATES, "the candidates that the attack delivered");
        return attacker.candidates().get();
    }

    @Override
    public long questions() {
        require(Reading.QUERIES, "what the attack asked the target");
        return attacker.queries().get();
    }

    @Override
    public int centerCrop() {
        require(Reading.VIEW, "what the attack shows the target of an image");
        return attacker.centerCrop();
    }

    @Override
    public Dataset data() {
        if (reads.data().isEmpty()) {
            throw new IllegalArgumentException(
                    "component '%s' did not declare that it reads data: Requirements.data(Part)"
                            .formatted(reads.component()));
        }
        return new DeclaredData(images.get(), reads.component(), reads.data()).plain();
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
