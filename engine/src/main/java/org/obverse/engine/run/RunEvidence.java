package org.obverse.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence;
import org.obverse.api.network.Classifier;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Resampling;
import org.obverse.engine.plan.EvaluationPlan;

/** What a metric sees of one run. */
final class RunEvidence implements Evidence {
    private final UnitContext context;
    private final RunParts parts;
    private final List<Candidates> candidates;
    private final List<EvaluationModel> models = new ArrayList<>();

    /** For a metric that judges the target alone. */
    RunEvidence(UnitContext context, RunParts parts) {
        this.context = context;
        this.parts = parts;
        this.candidates = List.of();
    }

    RunEvidence(UnitContext context, RunParts parts, Candidates found, Candidates unselected) {
        this.context = context;
        this.parts = parts;
        this.candidates = List.of(found, unselected);
        for (int i = 0; i < parts.plan().evaluation().size(); i++) {
            EvaluationPlan model = parts.plan().evaluation().get(i);
            models.add(new EvaluationModel(
                    model.classifier().name(), parts.networks().classifier("evaluation/" + i), model.crop()));
        }
    }

    @Override
    public Dataset data() {
        return parts.data().plain();
    }

    @Override
    public Classifier target() {
        return parts.networks().classifier("target");
    }

    @Override
    public List<EvaluationModel> evaluationModels() {
        return List.copyOf(models);
    }

    @Override
    public Candidates candidates() {
        return judged(0);
    }

    @Override
    public Candidates unselected() {
        return judged(1);
    }

    private Candidates judged(int which) {
        if (candidates.isEmpty()) {
            throw new IllegalStateException(
                    "a metric whose requirements say that it judges the target alone sees no candidates");
        }
        return candidates.get(which);
    }

    @Override
    public NDArray images(Candidates shown, EvaluationModel model, int... rows) {
        NDArray drawn = shown.draw(1, random().child("draw"), rows);
        Shape input = model.classifier().input();
        if (input.dimension() != 3) {
            return drawn;
        }
        Resampling whole = Resampling.of(drawn.getShape());
        Resampling seen = model.crop() == 0 ? whole : whole.centerCrop(model.crop());
        return seen.resize(Math.toIntExact(input.get(1)), Math.toIntExact(input.get(2)))
                .apply(drawn);
    }

    @Override
    public Images images(Part part, EvaluationModel model) {
        return parts.data().images(part, model.classifier().input());
    }

    @Override
    public NDManager manager() {
        return context.manager();
    }

    @Override
    public int batch() {
        return context.portion().ask();
    }

    @Override
    public RandomStream random() {
        return context.random();
    }

    @Override
    public void checkpoint() {
        context.checkpoint();
    }

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {
        context.progress(done, total, figures);
    }
}
