package org.obverse.plugins.cma;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.inversion.Certainty;

/**
 * The search of one candidate: points beyond the box are judged at its border, and their squared distance to it is
 * subtracted from log p.
 */
final class Walk {
    private final int target;
    private final Space space;
    private final double reach;
    private final Evolution evolution;
    private final List<Float> confidences = new ArrayList<>();
    private float[] best;
    private Certainty certainty = Certainty.UNKNOWN;
    private List<double[]> asked = List.of();

    /**
     * @param start a point of the generator
     * @param reach of the box, in coordinates; infinite for none
     */
    Walk(int target, Space space, float[] start, double reach, Evolution evolution) {
        this.target = target;
        this.space = space;
        this.reach = reach;
        this.evolution = evolution;
        this.best = start;
    }

    int target() {
        return target;
    }

    /** The surest point so far; at first the start. */
    float[] best() {
        return best;
    }

    Certainty certainty() {
        return certainty;
    }

    /** Of the surest point after each generation. */
    float[] confidences() {
        float[] curve = new float[confidences.size()];
        for (int i = 0; i < curve.length; i++) {
            curve[i] = confidences.get(i);
        }
        return curve;
    }

    void began(Certainty ofStart) {
        certainty = ofStart;
    }

    /** Points of the next generation, in the box. */
    List<float[]> ask() {
        asked = evolution.ask();
        return asked.stream().map(x -> space.point(clipped(x))).toList();
    }

    void tell(List<float[]> points, List<Certainty> found) {
        List<Certainty> penalised = IntStream.range(0, found.size())
                .mapToObj(k -> new Certainty(
                        found.get(k).logConfidence() - beyond(asked.get(k)),
                        found.get(k).margin()))
                .toList();
        int[] order = IntStream.range(0, found.size())
                .boxed()
                .sorted(Comparator.comparing(penalised::get, Comparator.reverseOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        evolution.tell(order);
        for (int k = 0; k < found.size(); k++) {
            if (found.get(k).compareTo(certainty) > 0) {
                certainty = found.get(k);
                best = points.get(k);
            }
        }
        confidences.add((float) certainty.confidence());
    }

    private double[] clipped(double[] x) {
        double[] inside = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            inside[i] = Math.max(-reach, Math.min(reach, x[i]));
        }
        return inside;
    }

    private double beyond(double[] x) {
        double[] inside = clipped(x);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - inside[i]) * (x[i] - inside[i]);
        }
        return sum;
    }
}
