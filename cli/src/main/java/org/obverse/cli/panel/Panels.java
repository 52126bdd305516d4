package org.obverse.cli.panel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Resampling;
import org.obverse.engine.finished.FinishedAttack;
import org.obverse.engine.record.Raster;

/**
 * Makes the panels of attacks. Draws hang on the number of the cell, the class and the number of the panel among those of its kind, and on
 * nothing else.
 */
public final class Panels {
    private final PanelFolder folder;
    private final RandomStream random;
    private final int controls;
    private final Set<String> notes = new TreeSet<>();
    private int positive;
    private int cells;

    /**
     * @param random of the panels
     * @param controls of either kind per class, as far as the data have as many
     */
    public Panels(PanelFolder folder, RandomStream random, int controls) {
        this.folder = folder;
        this.random = random;
        this.controls = controls;
    }

    /**
     * Draws every panel of a cell.
     *
     * @param cell whose attack it is
     * @throws InvalidConfigurationException if it has nothing to show
     */
    public void add(AttackedCell cell, FinishedAttack attack) {
        if (!Raster.isImage(attack.data().shape())) {
            throw new InvalidConfigurationException(new Problem(
                    cell.cell().name(),
                    "its data are of shape " + attack.data().shape() + ", which is no picture",
                    "take a run whose data are images of one or three channels"));
        }
        positive = 0;
        RandomStream own = random.child("cell", cells++);
        PrivateImages images = new PrivateImages(attack.data(), attack.manager());
        for (int label : new TreeSet<>(attack.found().classes())) {
            new OfClass(cell, attack, images, label, own.child("class", label)).add();
        }
        if (positive == 0) {
            throw new InvalidConfigurationException(new Problem(
                    cell.cell().name(),
                    "no person has more different private images than the " + Pictures.BESIDE
                            + " that a panel shows, so nothing could be known of the judge's errors",
                    "take a run whose data have more images of each person"));
        }
    }

    /** What whoever asked for panels must know of them, as sentences. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    private static int[] shuffled(int count, RandomStream stream) {
        return stream.permutation(count);
    }

    /** The panels of one class. */
    private final class OfClass {
        private final AttackedCell cell;
        private final FinishedAttack attack;
        private final PrivateImages images;
        private final int label;
        private final String person;
        private final RandomStream stream;
        private final Map<Integer, Raster> distinct;
        private final List<Integer> rows;

        OfClass(AttackedCell cell, FinishedAttack attack, PrivateImages images, int label, RandomStream stream) {
            this.cell = cell;
            this.attack = attack;
            this.images = images;
            this.label = label;
            this.person = attack.data().classNames().get(label);
            this.stream = stream;
            this.distinct = images.distinct(label);
            this.rows = List.copyOf(distinct.keySet());
        }

        void add() {
            if (rows.size() < Pictures.BESIDE) {
                throw new InvalidConfigurationException(new Problem(
                        cell.cell().name(),
                        "class '" + person + "' has " + rows.size() + " different private images, and a panel shows "
                                + Pictures.BESIDE + " of them beside each other",
                        "take a run that attacks classes with more images (the key 'attack.classes')"));
            }
            reconstructions();
            positives();
            negatives();
        }

        private void reconstructions() {
            int[] found = attack.found().of(label);
            int batch = attack.loan().batch().getAsInt();
            for (int from = 0; from < found.length; from += batch) {
                attack.checkpoint();
                try (NDScope scope = new NDScope()) {
                    NDArray saved = attack.saved(Arrays.copyOfRange(found, from, Math.min(found.length, from + batch)));
                    List<Raster> pictures = Pictures.of(sized(saved));
                    List<Map<String, Boolean>> recognised = recognised(saved);
                    for (int i = 0; i < pictures.size(); i++) {
                        int candidate = from + i;
                        add(
                                new Shown.Reconstruction(candidate, recognised.get(i)),
                                pictures.get(i),
                                beside(rows, stream.child("reconstruction", candidate)));
                    }
                }
            }
        }

        /** At the size of the private images, so that no panel tells by its pixels what it is. */
        private NDArray sized(NDArray saved) {
            Shape image = attack.data().shape();
            return Resampling.of(saved.getShape())
                    .resize(Math.toIntExact(image.get(1)), Math.toIntExact(image.get(2)))
                    .apply(saved);
        }

        private List<Map<String, Boolean>> recognised(NDArray saved) {
            List<Map<String, Boolean>> recognised = new ArrayList<>();
            for (int i = 0; i < saved.getShape().get(0); i++) {
                recognised.add(new LinkedHashMap<>());
            }
            for (EvaluationModel judge : attack.judges()) {
                if (label >= judge.classifier().classes()) {
                    notes.add("The evaluation model '" + judge.name()
                            + "' has no output for some of the classes; it is not held against answers about them.");
                } else {
                    boolean[] right = attack.recognises(judge, saved, label);
                    for (int i = 0; i < right.length; i++) {
                        recognised.get(i).put(judge.name(), right[i]);
                    }
                }
            }
            return recognised;
        }

        private void positives() {
            int count = rows.size() == Pictures.BESIDE ? 0 : Math.min(controls, rows.size());
            int[] order = shuffled(rows.size(), stream.child("positive"));
            for (int k = 0; k < count; k++) {
                int row = rows.get(order[k]);
                List<Integer> others =
                        rows.stream().filter(other -> other != row).toList();
                add(new Shown.Positive(row), picture(row), beside(others, stream.child("positive", k)));
            }
            positive += count;
            tellOf(count, "positive");
        }

        private void negatives() {
            Set<Integer> used = new HashSet<>();
            List<Integer> strangers = images.others(label);
            for (int k = 0; k < controls; k++) {
                RandomStream own = stream.child("negative", k);
                List<Integer> beside = beside(rows, own);
                Set<Raster> shown = new HashSet<>();
                beside.forEach(row -> shown.add(picture(row)));
                if (!negative(strangers, used, shown, beside, own)) {
                    break;
                }
            }
            tellOf(used.size(), "negative");
        }

        /** Whether there was an image of somebody else that was not used before. */
        private boolean negative(
                List<Integer> strangers, Set<Integer> used, Set<Raster> shown, List<Integer> beside, RandomStream own) {
            for (int stranger : shuffled(strangers.size(), own.child("stranger"))) {
                List<Integer> theirs = images.of(strangers.get(stranger));
                for (int i : shuffled(theirs.size(), own.child("image"))) {
                    int row = theirs.get(i);
                    if (!used.contains(row)) {
                        Raster picture = images.picture(row);
                        if (!shown.contains(picture)) {
                            used.add(row);
                            add(new Shown.Negative(row), picture, beside);
                            return true;
                        }
                    }
                }
            }
            return false;
        }

        private void tellOf(int made, String kind) {
            if (made < controls) {
                notes.add("Some classes have fewer than " + controls + " " + kind
                        + " controls, as the data have no more images for them ('"
                        + cell.cell().name() + "').");
            }
        }

        private static List<Integer> beside(List<Integer> from, RandomStream own) {
            return Arrays.stream(shuffled(from.size(), own.child("beside")))
                    .limit(Pictures.BESIDE)
                    .mapToObj(from::get)
                    .toList();
        }

        private void add(Shown shown, Raster a, List<Integer> beside) {
            attack.checkpoint();
            folder.add(
                    new Panel("", shown, cell.cell().name(), cell.attack(), person, beside, ""),
                    Pictures.panel(a, beside.stream().map(this::picture).toList()));
        }

        /** Of the person under B. */
        private Raster picture(int row) {
            return Objects.requireNonNull(distinct.get(row));
        }
    }
}
