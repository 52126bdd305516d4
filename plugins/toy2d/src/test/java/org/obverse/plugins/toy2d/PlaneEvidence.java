package org.obverse.plugins.toy2d;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.network.Classifier;
import org.obverse.api.random.RandomStream;
import org.obverse.testkit.Workbench;

/** What a metric sees after an attack on the plane, which has no judges. */
record PlaneEvidence(Workbench bench, Dataset data, Classifier target, Candidates candidates)
        implements Reconstructions {
    @Override
    public EvaluationModel judge() {
        throw new IllegalArgumentException("the plane has no evaluation models");
    }

    @Override
    public List<EvaluationModel> judges() {
        throw new IllegalArgumentException("the plane has no evaluation models");
    }

    @Override
    public NDArray drawn(Candidates shown, int... rows) {
        return shown.draw(1, random().child("draw"), rows);
    }

    @Override
    public NDArray saved(Candidates shown, int... rows) {
        return drawn(shown, rows);
    }

    @Override
    public NDArray shown(NDArray points, EvaluationModel model) {
        return points;
    }

    @Override
    public Images images(Part part, EvaluationModel model) {
        throw new IllegalArgumentException("the plane has no evaluation models");
    }

    @Override
    public NDManager manager() {
        return bench.manager();
    }

    @Override
    public int batch() {
        return 100;
    }

    @Override
    public RandomStream random() {
        return bench.stream(3);
    }

    @Override
    public void checkpoint() {}

    @Override
    public void progress(long done, long total, Map<String, Double> figures) {}
}
