package org.obverse.plugins.folders;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How a decoded picture becomes a square image, as torchvision's CenterCrop and Resize of a PIL image do it. */
public record Framing(
        @Meaning("side of a centre crop before the picture is resized, in pixels, at most 10000; 0 crops nothing")
        int crop,

        @Meaning("height and width of an image in pixels, 1 to 2048")
        int size,

        @Meaning("shorter-side (keeps the proportion and cuts off what is too long) or both-sides (squeezes)")
        Fit fit,

        @Meaning("3 for colours, 1 for grey, which is what Pillow's convert('L') makes of colours")
        int channels)
        implements Checked {
    static final int LARGEST = 2048;
    /** Its square is still read. */
    static final int LARGEST_CROP = 10_000;

    /** How a picture that is no square is resized to one. */
    public enum Fit {
        /** torchvision's Resize(size), then CenterCrop(size). */
        @JsonProperty("shorter-side")
        SHORTER_SIDE,
        /** torchvision's Resize([size, size]). */
        @JsonProperty("both-sides")
        BOTH_SIDES
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (crop < 0 || crop > LARGEST_CROP) {
            problems.add(new Problem(
                    "crop", crop + " pixels are out of range", "use 1 to " + LARGEST_CROP + ", or 0 to crop nothing"));
        }
        if (size < 1 || size > LARGEST) {
            problems.add(new Problem("size", size + " pixels are out of range", "use 1 to " + LARGEST));
        }
        if (channels != 1 && channels != 3) {
            problems.add(new Problem("channels", channels + " is no number of channels", "use 1 or 3"));
        }
        return problems;
    }

    /**
     * @throws UnreadablePictureException if the picture cannot be resized
     */
    Pixels of(Pixels picture) throws UnreadablePictureException {
        Pixels coloured = channels == 1 ? picture.grey() : picture;
        Pixels cropped = crop == 0 ? coloured : coloured.centerCrop(crop);
        return switch (fit) {
            case SHORTER_SIDE -> PillowResize.shorterSide(cropped, size).centerCrop(size);
            case BOTH_SIDES -> PillowResize.to(cropped, size, size);
        };
    }

    /** The same for images of another size. */
    Framing sized(int side) {
        return new Framing(crop, side, fit, channels);
    }

    /** The shape of an image. */
    Shape shape() {
        return new Shape(channels, size, size);
    }

    /** What pixels depend on beside the file; also on this text, so change it when they change. */
    String key() {
        return "1 crop " + crop + " size " + size + " fit " + fit + (channels == 1 ? " grey" : "");
    }
}
