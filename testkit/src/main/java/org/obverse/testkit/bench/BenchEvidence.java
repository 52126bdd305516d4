package org.obverse.testkit.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Resampling;
import org.obverse.api.training.TrainingContext;
import org.obverse.engine.run.ResizedImages;

/** What a metric is shown at a bench. */
public final class BenchEvidence implements Evidence {
    private final Bench bench;
    private final Classifier target;
    private final List<EvaluationModel> judges;
    private final Candidates candidates;
    private final Candidates unselected;
    private final NDManager manager;
    private final int batch;
    private final TrainingContext watch;
    private long read;

    /**
     * @param watch is told of checkpoints and progress
     */
    public BenchEvidence(
            Bench bench,
            Classifier target,
            List<EvaluationModel> judges,
            Candidates candidates,
            Candidates unselected,
            NDManager manager,
            int batch,
            TrainingContext watch) {
        this.bench = bench;
        this.target = target;
        this.judges = List.copyOf(judges);
        this.candidates = candidates;
        this.unselected = unselected;
        this.manager = manager;
        this.batch = batch;
        this.watch = watch;
    }

    /** A classifier that takes every class for the one after it. */
    public static Classifier mistaken(Classifier right) {
        return new Mistaken(right);
    }

    /** Images of candidates that were asked for. */
    public long read() {
        return read;
    }

    @Override
    public Dataset data() {
        return bench.data();
    }

    @Override
    public Classifier target() {
        return target;
    }

    @Override
    public List<EvaluationModel> evaluationModels() {
        return judges;
    }

    @Override
    public Candidates candidates() {
        return candidates;
    }

    @Override
    public Candidates unselected() {
        return unselected;
    }

    @Override
    public NDArray images(Candidates shown, EvaluationModel model, int... rows) {
        read += rows.length;
        NDArray drawn = shown.draw(1, random().child("draw"), rows);
        Shape input = model.classifier().input();
        if (input.dimension() != 3) {
            return drawn;
        }
        Resampling whole = Resampling.of(drawn.getShape());
        Resampling seen = model.crop() == 0 ? whole : whole.centerCrop(model.crop());
        return seen.resize((int) input.get(1), (int) input.get(2)).apply(drawn);
    }

    @Override
    public Images images(Part part, EvaluationModel model) {
        return ResizedImages.of(bench.data().images(part), model.classifier().input());
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public RandomStream random() {
        return Bench.stream("evaluation");
    }

    @Override
    public void checkpoint() {
        watch.checkpoint();
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        watch.progress(done, total, figures);
    }

    private record Mistaken(Classifier right) implements Classifier {
        @Override
        public Shape input() {
            return right.input();
        }

        @Override
        public int classes() {
            return right.classes();
        }

        @Override
        public List<Tap> taps() {
            return right.taps();
        }

        @Override
        public Parameters parameters() {
            return right.parameters();
        }

        @Override
        public Activations forward(NDArray images, Pass pass) {
            Activations answers = right.forward(images, pass);
            NDArray last = answers.logits().get(":, -1:");
            NDArray others = answers.logits().get(":, :-1");
            return new Activations(last.concat(others, 1), answers.taps());
        }
    }
}
