package org.obverse.plugins.folders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;
import org.obverse.plugins.folders.MatFile.Cells;
import org.obverse.plugins.folders.MatFile.Numbers;
import org.obverse.plugins.folders.MatFile.Text;
import org.obverse.plugins.folders.MatFile.Value;

/**
 * The files of Stanford Dogs: {@code train_list.mat} and {@code test_list.mat} say which images there are and of which breed,
 * {@code Images} has them, and {@code Annotation} says where on them the dogs are.
 */
final class DogFiles {
    static final int BREEDS = 120;
    private static final List<String> LISTS = List.of("train_list.mat", "test_list.mat");
    private static final String EXPECTED =
            "expected are train_list.mat, test_list.mat, Images/BREED/*.jpg and Annotation/BREED/*";
    private static final Pattern BOX = Pattern.compile(
            "<bndbox>.*?<xmin>\\s*(\\d{1,6})\\s*</xmin>.*?<ymin>\\s*(\\d{1,6})"
                    + "\\s*</ymin>.*?<xmax>\\s*(\\d{1,6})\\s*</xmax>.*?<ymax>\\s*(\\d{1,6})\\s*</ymax>",
            Pattern.DOTALL);

    private final Place place;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private final Map<Integer, String> breeds = new TreeMap<>();

    private DogFiles(Place place) {
        this.place = place;
    }

    /**
     * All images, those of the training list first.
     *
     * @throws InvalidConfigurationException naming every file and entry that is wrong
     */
    static Roll read(Place place, StanfordDogsConfiguration.Extent extent) {
        Folders.existing(place, EXPECTED);
        Folders.notDeeper(place, DogFiles::isWhole, EXPECTED);
        Folders.existing(place, place.folder().resolve("Images"), EXPECTED);
        DogFiles files = new DogFiles(place);
        LISTS.forEach(list -> files.list(place.folder().resolve(list), extent));
        files.everyBreed();
        files.requireAny();
        place.refuse(files.problems);
        return new Roll(files.sources, files.labels, List.copyOf(files.breeds.values()));
    }

    private static boolean isWhole(Path folder) {
        return LISTS.stream().allMatch(list -> Files.isRegularFile(folder.resolve(list)))
                && Files.isDirectory(folder.resolve("Images"));
    }

    /** One word for all images, if none is where it should be. */
    private void requireAny() {
        if (!sources.isEmpty() || missing.isEmpty()) {
            return;
        }
        Path images = place.folder().resolve("Images");
        String none = "has none of the " + missing.size() + " images of the lists";
        for (Path deeper : Elsewhere.below(images, folder -> Files.isRegularFile(folder.resolve(missing.get(0))))) {
            throw new InvalidConfigurationException(place.problem(
                    images,
                    none + "; they are in " + Names.shown(deeper),
                    "move its folders up into Images; the folder to name is " + Names.shown(place.folder())));
        }
        throw new InvalidConfigurationException(place.problem(images, none, "unpack images.tar there"));
    }

    private void list(Path list, StanfordDogsConfiguration.Extent extent) {
        if (!Files.exists(list)) {
            refuse(list, "does not exist", EXPECTED);
            return;
        }
        try {
            Map<String, Value> variables = MatFile.read(RegularFile.text(list));
            if (variables.get("file_list") instanceof Cells files
                    && variables.get("labels") instanceof Numbers numbers
                    && files.values().size() == numbers.values().size()) {
                for (int i = 0; i < files.values().size(); i++) {
                    entry(list, i, files.values().get(i), numbers.values().get(i), extent);
                }
            } else {
                refuse(list, "has no file_list with a label for each entry", "get lists.tar again");
            }
        } catch (IOException e) {
            refuse(list, "cannot be read: " + e.getMessage(), "get lists.tar again");
        }
    }

    private void entry(Path list, int index, Value name, double label, StanfordDogsConfiguration.Extent extent) {
        if (!(name instanceof Text text)
                || text.value().indexOf('/') < 1
                || text.value().contains("..")
                || text.value().indexOf('\0') >= 0) {
            refuse(list, "has no BREED/FILE in entry " + (index + 1) + " of file_list", "get lists.tar again");
            return;
        }
        if (label != Math.rint(label) || label < 1 || label > BREEDS) {
            refuse(
                    list,
                    "has label " + label + " in entry " + (index + 1) + ", not 1 to " + BREEDS,
                    "get lists.tar again");
            return;
        }
        Path image = place.folder().resolve("Images").resolve(text.value());
        if (!Files.isRegularFile(image)) {
            refuse(
                    image,
                    "does not exist, but is entry " + (index + 1) + " of " + Names.of(list),
                    "unpack images.tar again");
            missing.add(text.value());
            return;
        }
        Source whole = place.source(image);
        sources.add(extent == StanfordDogsConfiguration.Extent.CROPPED ? cut(whole, text.value()) : whole);
        labels.add((int) label - 1);
        breeds.putIfAbsent(
                (int) label - 1, text.value().substring(0, text.value().indexOf('/')));
    }

    private Source cut(Source whole, String entry) {
        Path annotation = place.folder().resolve("Annotation").resolve(entry.replaceFirst("\\.[^./]*$", ""));
        try {
            Matcher box = BOX.matcher(new String(RegularFile.text(annotation), StandardCharsets.ISO_8859_1));
            if (box.find()) {
                int left = Integer.parseInt(box.group(1));
                int top = Integer.parseInt(box.group(2));
                int width = Integer.parseInt(box.group(3)) - left;
                int height = Integer.parseInt(box.group(4)) - top;
                if (width > 0 && height > 0) {
                    return new Source(whole.file(), whole.name(), new Source.Cut(left, top, width, height));
                }
            }
            refuse(annotation, "says nowhere that a dog is between two corners", "unpack annotation.tar again");
        } catch (IOException e) {
            refuse(annotation, "cannot be read (" + e + ")", "unpack annotation.tar again");
        }
        return whole;
    }

    /** Labels are positions, so none may be missing below the largest. */
    private void everyBreed() {
        if (problems.isEmpty() && (breeds.size() < 2 || !breeds.containsKey(breeds.size() - 1))) {
            refuse(
                    place.folder(),
                    "lists " + breeds.size() + " breeds, whose labels do not run from 1 on",
                    "get lists.tar again");
        }
    }

    private void refuse(Path file, String message, String wayOut) {
        problems.add(place.problem(file, message, wayOut));
    }
}
