package org.obverse.plugins.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Problem;

/**
 * The files of CelebA: {@code list_eval_partition.txt} says which images there are and in what order, {@code identity_CelebA.txt}
 * whom they show, and {@code img_align_celeba} has them, as .jpg or as .png.
 */
final class CelebaFiles {
    /** The people of CelebA, numbered from 1 (Liu et al. 2015). */
    static final int PEOPLE = 10_177;

    private static final String IDENTITIES = "identity_CelebA.txt";
    private static final String LIST = "list_eval_partition.txt";
    private static final String IMAGES = "img_align_celeba";
    private static final String EXPECTED =
            "expected are " + IDENTITIES + ", " + LIST + " and " + IMAGES + "/000001.jpg, …";

    private final List<Source> sources;
    private final List<Integer> people;
    private final List<Integer> ranked;
    private final Place place;

    private CelebaFiles(Place place, List<Source> sources, List<Integer> people) {
        this.place = place;
        this.sources = sources;
        this.people = people;
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        people.forEach(person -> counts.merge(person, 1, Integer::sum));
        this.ranked = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * @throws InvalidConfigurationException naming every line and file that is wrong
     */
    static CelebaFiles read(Place place) {
        Path folder = place.folder();
        Folders.existing(place, EXPECTED);
        Folders.notDeeper(place, CelebaFiles::isWhole, EXPECTED);
        Folders.existing(place, folder.resolve(IMAGES), EXPECTED);
        List<Problem> problems = new ArrayList<>();
        Map<String, Integer> identities = new HashMap<>();
        lines(place, IDENTITIES, problems).forEach((line, words) -> {
            if (words.length != 2 || !words[1].matches("\\d{1,9}") || outside(Integer.parseInt(words[1]))) {
                problems.add(place.problem(
                        folder.resolve(IDENTITIES),
                        "has '" + Names.escaped(String.join(" ", words)) + "' in line " + line
                                + ", which is no image and a person from 1 to " + PEOPLE,
                        "get the file again; a line reads: 000001.jpg 2880"));
            } else {
                identities.put(words[0], Integer.parseInt(words[1]));
            }
        });
        Map<Integer, String[]> list = lines(place, LIST, problems);
        Set<String> present = present(place, folder.resolve(IMAGES));
        requireAny(place, list, present);
        List<Source> sources = new ArrayList<>();
        List<Integer> people = new ArrayList<>();
        list.forEach((line, words) -> {
            Integer person = identities.get(words[0]);
            String file = present.contains(words[0]) ? words[0] : asPng(words[0]);
            if (person == null) {
                problems.add(place.problem(
                        folder.resolve(LIST),
                        "names " + Names.escaped(words[0]) + " in line " + line + ", which " + IDENTITIES + " does not",
                        "get both files again, of the same release"));
            } else if (!present.contains(file)) {
                problems.add(place.problem(
                        folder.resolve(IMAGES).resolve(words[0]),
                        "does not exist, as .jpg or .png, but is in line " + line + " of " + LIST,
                        "unpack the images again, or remove the line"));
            } else {
                sources.add(place.source(folder.resolve(IMAGES).resolve(file)));
                people.add(person);
            }
        });
        place.refuse(problems);
        return new CelebaFiles(place, sources, people);
    }

    private static boolean isWhole(Path folder) {
        return Files.isRegularFile(folder.resolve(IDENTITIES))
                && Files.isRegularFile(folder.resolve(LIST))
                && Files.isDirectory(folder.resolve(IMAGES));
    }

    private static String asPng(String name) {
        return name.replaceFirst("\\.jpg$", ".png");
    }

    /** One word for all images, if none is where it should be. */
    private static void requireAny(Place place, Map<Integer, String[]> list, Set<String> present) {
        List<String> names = list.values().stream().map(words -> words[0]).toList();
        if (names.isEmpty()
                || names.stream().anyMatch(name -> present.contains(name) || present.contains(asPng(name)))) {
            return;
        }
        Path images = place.folder().resolve(IMAGES);
        String none = "has none of the " + names.size() + " images of " + LIST;
        for (Path deeper : Elsewhere.below(
                images,
                folder -> names.stream()
                        .limit(1)
                        .anyMatch(name ->
                                Files.exists(folder.resolve(name)) || Files.exists(folder.resolve(asPng(name)))))) {
            throw new InvalidConfigurationException(place.problem(
                    images,
                    none + "; they are in " + Names.shown(deeper),
                    "move them up into " + IMAGES + "; the folder to name is " + Names.shown(place.folder())));
        }
        throw new InvalidConfigurationException(
                place.problem(images, none, "unpack them there, as " + IMAGES + "/000001.jpg, …"));
    }

    private static boolean outside(int person) {
        return person < 1 || person > PEOPLE;
    }

    /** The words of each line, by its number, but for empty lines. */
    private static Map<Integer, String[]> lines(Place place, String name, List<Problem> problems) {
        Path file = place.folder().resolve(name);
        Map<Integer, String[]> words = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            problems.add(place.problem(file, "does not exist", EXPECTED));
            return words;
        }
        try {
            int number = 0;
            for (String line : text(RegularFile.text(file)).lines().toList()) {
                number++;
                if (!line.isBlank()) {
                    words.put(number, line.strip().split("\\s+"));
                }
            }
            return words;
        } catch (CharacterCodingException e) {
            problems.add(place.problem(file, "is no text in UTF-8 (" + e.getMessage() + ")", "get the file again"));
            return words;
        } catch (IOException e) {
            problems.add(place.problem(file, "cannot be read: " + e.getMessage(), "get the file again"));
            return words;
        }
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        if (text.indexOf('\0') >= 0) {
            throw new MalformedInputException(1);
        }
        return text;
    }

    private static Set<String> present(Place place, Path images) {
        try (Stream<Path> files = Files.list(images)) {
            return files.map(Names::of).collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidConfigurationException(
                    place.problem(images, "cannot be listed (" + e + ")", "make it readable"));
        }
    }

    /**
     * The images of the people with most of them, in the order of the files. Class 0 has most; among equals the one whose first
     * image comes first.
     */
    Roll mostPhotographed(int identities) {
        if (ranked.size() < identities) {
            throw new InvalidConfigurationException(place.problem(
                    place.folder().resolve(LIST),
                    "has images of " + ranked.size() + " people, fewer than identities: " + identities,
                    "get the whole data set, or lower identities"));
        }
        Map<Integer, Integer> labels = labels(identities);
        List<Source> kept = new ArrayList<>();
        List<Integer> keptLabels = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Integer label = labels.get(people.get(i));
            if (label != null) {
                kept.add(sources.get(i));
                keptLabels.add(label);
            }
        }
        return new Roll(
                kept,
                keptLabels,
                ranked.subList(0, identities).stream()
                        .map(person -> "person " + person)
                        .toList());
    }

    /** The images of all others, in the order of the files. */
    List<Source> everybodyBut(int identities) {
        Map<Integer, Integer> labels = labels(identities);
        List<Source> others = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            if (!labels.containsKey(people.get(i))) {
                others.add(sources.get(i));
            }
        }
        return others;
    }

    private Map<Integer, Integer> labels(int identities) {
        Map<Integer, Integer> labels = new HashMap<>();
        for (int label = 0; label < identities; label++) {
            labels.put(ranked.get(label), label);
        }
        return labels;
    }
}
