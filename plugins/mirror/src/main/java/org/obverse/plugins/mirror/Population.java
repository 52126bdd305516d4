package org.obverse.plugins.mirror;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.obverse.api.random.RandomStream;
import org.obverse.inversion.Certainty;
import org.obverse.inversion.StyleBox;

/** The points of one class in P, the surest first once they were scored. */
final class Population {
    private final GeneticSettings settings;
    private final StyleBox box;
    private final int target;
    private final RandomStream random;
    private final List<float[]> confidences = new ArrayList<>();
    private List<double[]> members;
    private List<Certainty> certainties;
    private List<double[]> next;

    /**
     * @param members at least 2; not changed
     * @param random of the class
     */
    Population(GeneticSettings settings, StyleBox box, int target, List<double[]> members, RandomStream random) {
        this.settings = settings;
        this.box = box;
        this.target = target;
        this.random = random;
        this.members = members;
        this.certainties = Collections.nCopies(members.size(), Certainty.UNKNOWN);
        this.next = members;
    }

    int target() {
        return target;
    }

    /** As they were scored last. */
    List<double[]> members() {
        return members;
    }

    /** One per member. */
    List<Certainty> certainties() {
        return certainties;
    }

    /** The confidence of a member's rank in each generation so far. */
    float[] confidences(int rank) {
        float[] curve = new float[confidences.size()];
        for (int i = 0; i < curve.length; i++) {
            curve[i] = confidences.get(i)[rank];
        }
        return curve;
    }

    /** Those that are to be scored. */
    List<double[]> next() {
        return next;
    }

    boolean goesOn() {
        return confidences.size() < settings.generations()
                && (confidences.isEmpty()
                        || settings.stopAt() == 0
                        || certainties.get(0).logConfidence() < Math.log(settings.stopAt()));
    }

    /** The next generation takes the place of this one, and its children are bred. */
    void scored(List<Certainty> found) {
        int[] order = IntStream.range(0, found.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> found.get(i), Comparator.reverseOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        members = Arrays.stream(order).mapToObj(next::get).toList();
        certainties = Arrays.stream(order).mapToObj(found::get).toList();
        float[] sorted = new float[order.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = (float) certainties.get(i).confidence();
        }
        confidences.add(sorted);
        next = children();
    }

    /** The surest member, and children of pairs that are drawn with replacement in proportion to p. */
    private List<double[]> children() {
        List<double[]> bred = new ArrayList<>(List.of(members.get(0)));
        double[] wheel = wheel();
        for (int child = 1; child < members.size(); child++) {
            RandomStream own = random.child("generation", confidences.size()).child("child", child);
            bred.add(child(parent(wheel, own), parent(wheel, own), own));
        }
        return bred;
    }

    double[] child(int first, int second, RandomStream own) {
        double share = settings.crossover()
                .share(
                        certainties.get(first).logConfidence(),
                        certainties.get(second).logConfidence());
        double[] child = new double[members.get(first).length];
        for (int j = 0; j < child.length; j++) {
            double p = members.get(own.uniform() < share ? first : second)[j];
            if (own.uniform() < settings.mutationShare()) {
                p += settings.mutationSize() * box.deviation(j) * own.uniform(-1, 1);
            }
            child[j] = box.clip(j, p);
        }
        return child;
    }

    /** Cumulated {@code p / p of the surest}. */
    private double[] wheel() {
        double[] wheel = new double[members.size()];
        double sum = 0;
        for (int i = 0; i < wheel.length; i++) {
            sum += Math.exp(
                    certainties.get(i).logConfidence() - certainties.get(0).logConfidence());
            wheel[i] = sum;
        }
        return wheel;
    }

    private static int parent(double[] wheel, RandomStream own) {
        double drawn = own.uniform() * wheel[wheel.length - 1];
        int parent = 0;
        while (wheel[parent] <= drawn) {
            parent++;
        }
        return parent;
    }
}
