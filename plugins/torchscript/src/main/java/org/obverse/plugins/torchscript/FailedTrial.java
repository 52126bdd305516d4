package org.obverse.plugins.torchscript;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.obverse.api.plugin.InvalidConfigurationException;

/**
 * Why a program does not take the images that it was shown: by libtorch's words where they say it, and otherwise by showing it
 * others.
 *
 * @param words libtorch's
 */
record FailedTrial(Program program, NDArray images, String words) {
    private static final Pattern MISSING =
            Pattern.compile("is missing value for argument '(\\w+)'.*?Declaration: \\w+\\((.*?)\\)");
    private static final Pattern EXPECTED = Pattern.compile("Expected a value of type '(.+?)' for argument '(\\w+)'");
    private static final Pattern DEVICE = Pattern.compile("(?i)\\bcuda\\b|on the same device|\\bmps\\b|\\bhip\\b");
    private static final Pattern CHANNELS = Pattern.compile("to have (\\d+) channels, but got (\\d+) channels");
    private static final Pattern TYPE = Pattern.compile("(?i)scalar type|dtype|Input type|\\bHalf\\b|BFloat16");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
    /** Batches that are tried when a program was traced with one of a fixed size. */
    private static final int MOST_TRIED = 8;

    InvalidConfigurationException refusal() {
        Matcher missing = MISSING.matcher(words);
        Matcher expected = EXPECTED.matcher(words);
        if (words.contains("Method 'forward' is not defined")) {
            return program.refused("the program has no method forward", "save a module whose forward takes images");
        }
        if (missing.find()) {
            int inputs = missing.group(2).split(",").length - 1;
            return program.refused(
                    "the program takes " + inputs + " inputs, and the images are one: there is no '" + missing.group(1)
                            + "'",
                    "save a module whose forward takes the images alone");
        }
        if (expected.find()) {
            return program.refused(
                    "the program takes a " + expected.group(1) + " as '" + expected.group(2)
                            + "', not a tensor of images",
                    "save a module whose forward takes one tensor of images");
        }
        if (DEVICE.matcher(words).find()) {
            return program.refused(
                    "the program's code names a device that is not the run's "
                            + images.getDevice().getDeviceType()
                            + ": "
                            + firstSentence(),
                    "save it from the CPU (model.cpu(), traced with images on the CPU), with x.device in place of names");
        }
        return byOthers();
    }

    private InvalidConfigurationException byOthers() {
        long tried = images.getShape().get(0);
        for (long batch : batches()) {
            if (takes(batch(batch))) {
                return program.refused(
                        "the program takes batches of " + batch + ", and not of " + tried
                                + ": it was traced with that number",
                        "save it with torch.jit.script, or trace it without sizes from the example in its code");
            }
        }
        if (takes(program.normalisation().apply(images).transpose(0, 2, 3, 1))) {
            return program.refused(
                    "the program takes images [N, height, width, channels], and data are [N, channels, height, width]",
                    "save a module that begins with x.permute(0, 2, 3, 1)");
        }
        return byWords();
    }

    private InvalidConfigurationException byWords() {
        Matcher channels = CHANNELS.matcher(words);
        Shape shape = program.normalisation().apply(images).getShape();
        if (channels.find() && Long.parseLong(channels.group(2)) == shape.get(1)) {
            return program.refused(
                    "the program takes images of %s channels, and the data's have %s"
                            .formatted(channels.group(1), channels.group(2)),
                    "use data of as many channels; folders of pictures have the key image: { channels: 1 }");
        }
        if (TYPE.matcher(words).find()) {
            return program.refused(
                    "the program does not take float32 images: " + firstSentence(),
                    "save it with float32 weights: model.float()");
        }
        return program.refused(
                "the program does not take images " + shape + ": " + firstSentence(),
                "say with size the height and width that it takes, or use data of as many channels");
    }

    /** One, and what libtorch's words mention: the number that was traced stands beside the one that does not fit. */
    private List<Long> batches() {
        return LongStream.concat(
                        LongStream.of(1),
                        NUMBER.matcher(words).results().map(MatchResult::group).mapToLong(Long::parseLong))
                .filter(batch -> batch > 0 && batch != images.getShape().get(0))
                .distinct()
                .limit(MOST_TRIED)
                .boxed()
                .toList();
    }

    private NDArray batch(long size) {
        NDArray one = program.normalisation().apply(images.get("0:1"));
        return one.repeat(0, size);
    }

    private boolean takes(NDArray prepared) {
        try {
            Shape answer = program.answer(prepared).getShape();
            return answer.dimension() == 2
                    && answer.get(0) == prepared.getShape().get(0);
        } catch (IllegalArgumentException | InvalidConfigurationException e) {
            return false;
        }
    }

    private String firstSentence() {
        return Stream.of(words.replaceFirst("^RuntimeError: ", "").split("\\. |\\.$"))
                .findFirst()
                .orElse(words);
    }
}
