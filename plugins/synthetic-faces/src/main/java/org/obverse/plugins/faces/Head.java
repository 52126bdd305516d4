package org.obverse.plugins.faces;

import static org.obverse.plugins.faces.FaceParameter.BEARD;
import static org.obverse.plugins.faces.FaceParameter.EAR_SIZE;
import static org.obverse.plugins.faces.FaceParameter.FACE_HEIGHT;
import static org.obverse.plugins.faces.FaceParameter.FACE_WIDTH;
import static org.obverse.plugins.faces.FaceParameter.HAIRLINE;
import static org.obverse.plugins.faces.FaceParameter.HAIR_END;
import static org.obverse.plugins.faces.FaceParameter.HAIR_VOLUME;
import static org.obverse.plugins.faces.FaceParameter.JAW;
import static org.obverse.plugins.faces.FaceParameter.LIGHT_ANGLE;
import static org.obverse.plugins.faces.FaceParameter.LIGHT_STRENGTH;
import static org.obverse.plugins.faces.FaceParameter.MOUTH_HEIGHT;
import static org.obverse.plugins.faces.FaceParameter.PARTING;

/** What lies behind the features, the light on head and features, and the hair in front of them. */
final class Head {
    private final FaceValues face;
    private final double width;
    private final double height;
    private final double hairVolume;

    Head(FaceValues face) {
        this.face = face;
        width = face.of(FACE_WIDTH);
        height = face.of(FACE_HEIGHT);
        hairVolume = face.of(HAIR_VOLUME);
    }

    /** The layers below the features. */
    void paint(Canvas canvas) {
        paintBackHair(canvas);
        Color skin = face.skin();
        canvas.paint(neck(), skin.times(0.78));
        canvas.paint(ears(), skin.times(0.88));
        canvas.paint(outline(), skin);
        canvas.paint(outline().and(beard()), face.hair().times(0.9), face.of(BEARD));
    }

    /** The light from one side, which spares background and hair behind the head. */
    void light(Canvas canvas) {
        double angle = face.of(LIGHT_ANGLE);
        double strength = face.of(LIGHT_STRENGTH);
        Coverage head = canvas.coverage(outline().or(neck()).or(ears()));
        canvas.light(head, strength * Math.cos(angle) / 0.6, strength * Math.sin(angle) / 0.8);
    }

    /** The hair on top of the skull, above a hairline that is bent and, with the parting, slanted. */
    void paintFrontHair(Canvas canvas) {
        double hairline = face.ofHeight(HAIRLINE);
        double slope = 0.6 * face.of(PARTING);
        Shape skull = Shape.ellipse(0, -0.04, width + 0.6 * hairVolume, height + 0.7 * hairVolume);
        Shape aboveHairline = (x, y) -> {
            double aside = Math.min(Math.abs(x) / width, 1.2);
            return y - (hairline + slope * x + 0.315 * aside * aside);
        };
        canvas.paint(skull.and(aboveHairline), face.hair());
    }

    /** An ellipse around the skull and a box below it; below the temples, both end where the hair does. */
    private void paintBackHair(Canvas canvas) {
        double temples = -0.1;
        double end = face.of(HAIR_END);
        Shape around = Shape.ellipse(0, -0.06, width + hairVolume, height + 0.8 * hairVolume);
        Shape down = Shape.box(width + 0.9 * hairVolume, temples, end);
        Coverage hair = canvas.coverage(around.or(down));
        Coverage aboveEnd = canvas.coverage((x, y) -> y - end);
        canvas.cover(
                (x, y) -> hair.at(x, y) * (y > temples ? aboveEnd.at(x, y) : 1),
                face.hair().times(0.85),
                1);
    }

    private Shape neck() {
        return Shape.box(0.52 * width, 0.3, 2);
    }

    private Shape ears() {
        double size = face.of(EAR_SIZE);
        return Shape.ellipse(width + 0.2 * size, 0.02, 0.7 * size, size).mirrored();
    }

    /** An ellipse whose lower half the jaw narrows. */
    private Shape outline() {
        double jaw = face.of(JAW);
        Shape round = Shape.ellipse(0, 0, width, height);
        return (x, y) -> {
            double down = Math.max(0, Math.min(1, y / height));
            return round.distance(x / (1 - jaw * down * Math.sqrt(down)), y);
        };
    }

    /** Below a line that starts above the mouth and falls to both sides. */
    private Shape beard() {
        double top = face.ofHeight(MOUTH_HEIGHT) - 0.12;
        return (x, y) -> top + 0.10 * Math.abs(x) / width - y;
    }
}
