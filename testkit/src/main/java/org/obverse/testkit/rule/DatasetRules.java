package org.obverse.testkit.rule;

import static org.obverse.testkit.rule.BrokenRule.unless;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.obverse.api.data.Dataset;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.engine.plan.PlannedComponent;

/** Rules for data sets. */
final class DatasetRules {
    /** Samples of a part that are looked at; the first ones. */
    private static final int LOOKED_AT = 96;

    private DatasetRules() {}

    static List<Rule<Dataset>> rules() {
        return List.of(
                Rule.must(
                        "splits-are-disjoint",
                        "No image is in two parts, but for the pool, which contains the training part.",
                        "how samples are dealt to the parts",
                        subject -> with(subject, DatasetRules::splitsAreDisjoint)),
                Rule.must(
                        "labels-are-in-range",
                        "Private images have labels from 0 to classes − 1, each class occurs in training, and public images"
                                + " have −1.",
                        "Images.label",
                        subject -> with(subject, DatasetRules::labelsAreInRange)),
                Rule.must(
                        "classes-have-names",
                        "Each class has one name of its own that is not blank.",
                        "Dataset.classNames",
                        subject -> with(subject, DatasetRules::classesHaveNames)),
                Rule.must(
                        "a-sample-is-stable",
                        "A sample is the same in every order and batch, float32 in [-1, 1] of the declared shape.",
                        "draws that depend on the call, not on the sample",
                        subject -> with(subject, DatasetRules::aSampleIsStable)),
                Rule.must(
                        "resized-images-are-the-same-images",
                        "Asked for another size, a data set of files has the same images in the same order; asked for its own"
                                + " size, to the bit.",
                        "FileBased.resized: the split, the order of the parts, the crop before the resize",
                        subject -> with(subject, Resized::check)),
                Open.rule(DatasetRules::nothingIsLeftOpen));
    }

    /** Looks at a data set that lives as long as the look. */
    interface Look {
        void at(Dataset data, NDManager manager);
    }

    private static void with(Subject<Dataset> subject, Look look) {
        PlannedComponent<Dataset> chosen = subject.chosen();
        try (NDManager manager = subject.bench().torch().manager().newSubManager()) {
            look.at(chosen.create(subject.bench().resources(chosen.plugin(), manager)), manager);
        }
    }

    static String seen(Subject<Dataset> subject, PlannedComponent<Dataset> chosen) {
        try (NDManager manager = subject.bench().torch().manager().newSubManager()) {
            return seen(chosen.create(subject.bench().resources(chosen.plugin(), manager)), manager);
        }
    }

    /** Everything that can be read. */
    static String seen(Dataset data, NDManager manager) {
        Fingerprint seen =
                new Fingerprint().text(data.classes()).text(data.classNames()).text(data.shape());
        for (Part part : Part.values()) {
            if (data.parts().contains(part)) {
                Images images = data.images(part);
                seen.text(part).text(images.size());
                int[] first = first(images);
                seen.array(images.read(manager, first));
                IntStream.of(first).forEach(i -> seen.text(images.label(i)));
            }
        }
        return seen.end();
    }

    static int[] first(Images images) {
        return IntStream.range(0, Math.min(LOOKED_AT, images.size())).toArray();
    }

    private static void splitsAreDisjoint(Dataset data, NDManager manager) {
        Map<ByteBuffer, Part> owners = new HashMap<>();
        for (Part part : List.of(Part.TRAINING, Part.TEST, Part.PUBLIC)) {
            for (ByteBuffer image :
                    data.parts().contains(part) ? contents(data.images(part), manager) : List.<ByteBuffer>of()) {
                Part other = owners.putIfAbsent(image, part);
                unless(other == null || other == part, "an image of the part %s is in the part %s too", part, other);
            }
        }
        if (data.parts().contains(Part.POOL)) {
            List<ByteBuffer> pool = contents(data.images(Part.POOL), manager);
            for (ByteBuffer image : pool) {
                Part other = owners.getOrDefault(image, Part.TRAINING);
                unless(other == Part.TRAINING, "an image of the pool is in the part %s too", other);
            }
            unless(
                    pool.containsAll(contents(data.images(Part.TRAINING), manager)),
                    "the pool does not contain the training part");
        }
    }

    private static List<ByteBuffer> contents(Images images, NDManager manager) {
        List<ByteBuffer> contents = new ArrayList<>();
        for (int from = 0; from < images.size(); from += LOOKED_AT) {
            int[] rows = IntStream.range(from, Math.min(images.size(), from + LOOKED_AT))
                    .toArray();
            try (NDArray read = images.read(manager, rows)) {
                float[] values = read.toFloatArray();
                int length = values.length / rows.length;
                for (int i = 0; i < rows.length; i++) {
                    ByteBuffer image = ByteBuffer.allocate(length * Float.BYTES);
                    image.asFloatBuffer().put(values, i * length, length);
                    contents.add(image);
                }
            }
        }
        return contents;
    }

    private static void labelsAreInRange(Dataset data, NDManager manager) {
        for (Part part : data.parts()) {
            Images images = data.images(part);
            boolean[] occurs = new boolean[data.classes()];
            for (int i = 0; i < images.size(); i++) {
                int label = images.label(i);
                boolean fits = part == Part.PUBLIC ? label == -1 : label >= 0 && label < data.classes();
                unless(fits, "sample %d of the part %s has label %d of %d classes", i, part, label, data.classes());
                if (label >= 0) {
                    occurs[label] = true;
                }
            }
            unless(
                    part != Part.TRAINING || IntStream.range(0, occurs.length).allMatch(c -> occurs[c]),
                    "a class has no training image");
        }
    }

    private static void classesHaveNames(Dataset data, NDManager manager) {
        List<String> names = data.classNames();
        unless(names.size() == data.classes(), "%d classes have %d names", data.classes(), names.size());
        unless(names.stream().noneMatch(String::isBlank), "a class has a blank name");
        unless(Set.copyOf(names).size() == names.size(), "two classes have one name: %s", names);
    }

    private static void aSampleIsStable(Dataset data, NDManager manager) {
        for (Part part : data.parts()) {
            Images images = data.images(part);
            int[] rows = first(images);
            float[] together = images.read(manager, rows).toFloatArray();
            unless(
                    images.read(manager, rows).getShape().slice(1).equals(data.shape()),
                    "images of the part %s are not of shape %s",
                    part,
                    data.shape());
            for (float value : together) {
                unless(value >= -1 && value <= 1, "the part %s has a value of %f", part, value);
            }
            int length = together.length / rows.length;
            for (int row : new int[] {rows.length - 1, 0, rows.length / 2}) {
                float[] alone = images.read(manager, row).toFloatArray();
                float[] again = images.read(manager, row, row).toFloatArray();
                float[] within = Arrays.copyOfRange(together, row * length, (row + 1) * length);
                unless(
                        Arrays.equals(alone, within)
                                && Arrays.equals(alone, Arrays.copyOfRange(again, length, 2 * length)),
                        "sample %d of the part %s is another one when it is read alone",
                        row,
                        part);
            }
        }
    }

    private static void nothingIsLeftOpen(Subject<Dataset> subject) throws Exception {
        PlannedComponent<Dataset> chosen = subject.chosen();
        try (NDManager own = subject.bench().torch().manager().newSubManager();
                NDManager reader = subject.bench().torch().manager().newSubManager()) {
            Dataset data = chosen.create(subject.bench().resources(chosen.plugin(), own));
            Open.staysAfter(subject.bench(), own, () -> seen(data, reader));
        }
    }
}
