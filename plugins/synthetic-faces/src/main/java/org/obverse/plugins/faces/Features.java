package org.obverse.plugins.faces;

import static org.obverse.plugins.faces.FaceParameter.BROW_GAP;
import static org.obverse.plugins.faces.FaceParameter.BROW_THICKNESS;
import static org.obverse.plugins.faces.FaceParameter.BROW_TILT;
import static org.obverse.plugins.faces.FaceParameter.EYE_ASPECT;
import static org.obverse.plugins.faces.FaceParameter.EYE_HEIGHT;
import static org.obverse.plugins.faces.FaceParameter.EYE_SIZE;
import static org.obverse.plugins.faces.FaceParameter.EYE_SPACING;
import static org.obverse.plugins.faces.FaceParameter.FACE_WIDTH;
import static org.obverse.plugins.faces.FaceParameter.GAZE;
import static org.obverse.plugins.faces.FaceParameter.GLASSES;
import static org.obverse.plugins.faces.FaceParameter.LIP_THICKNESS;
import static org.obverse.plugins.faces.FaceParameter.MOUSTACHE;
import static org.obverse.plugins.faces.FaceParameter.MOUTH_HEIGHT;
import static org.obverse.plugins.faces.FaceParameter.MOUTH_OPENING;
import static org.obverse.plugins.faces.FaceParameter.MOUTH_WIDTH;
import static org.obverse.plugins.faces.FaceParameter.NOSE_LENGTH;
import static org.obverse.plugins.faces.FaceParameter.NOSE_WIDTH;
import static org.obverse.plugins.faces.FaceParameter.SMILE;
import static org.obverse.plugins.faces.FaceParameter.YAW;

/** Nose, mouth, eyes, brows and glasses. All of them shift sideways when the head turns. */
final class Features {
    private static final Color MOUTH_CAVITY = new Color(0.25, 0.06, 0.06);
    private static final Color EYEBALL = new Color(0.96, 0.96, 0.95);
    private static final Color PUPIL = new Color(0.03, 0.03, 0.03);

    private final FaceValues face;
    private final double yaw;
    private final double eyeX;
    private final double eyeY;
    private final double eyeWidth;
    private final double eyeHeight;

    Features(FaceValues face) {
        this.face = face;
        yaw = face.of(YAW);
        eyeX = face.of(EYE_SPACING);
        eyeY = face.of(EYE_HEIGHT);
        eyeWidth = face.of(EYE_SIZE);
        eyeHeight = eyeWidth * face.of(EYE_ASPECT);
    }

    void paint(Canvas canvas) {
        paintNose(canvas);
        paintMouth(canvas);
        paintEyes(canvas);
        paintBrows(canvas);
        paintGlasses(canvas);
    }

    private void paintNose(Canvas canvas) {
        double width = face.of(NOSE_WIDTH);
        double tipX = 0.4 * yaw;
        double tipY = eyeY + 0.06 + face.of(NOSE_LENGTH);
        Shape tip = Shape.ellipse(tipX, tipY, width, 0.55 * width);
        Shape bridge = Shape.capsule(0.2 * yaw, eyeY + 0.05, tipX, tipY, 0.35 * width);
        canvas.paint(tip.or(bridge).shiftedRight(yaw), face.skin().times(0.80), 0.8);
    }

    /** Lips, the cavity of an open mouth, and the moustache, all bent by the smile: y moves with (x/width)². */
    private void paintMouth(Canvas canvas) {
        double width = face.of(MOUTH_WIDTH);
        double lips = face.of(LIP_THICKNESS);
        double opening = face.of(MOUTH_OPENING);
        double smile = face.of(SMILE);
        double mouthY = face.ofHeight(MOUTH_HEIGHT);
        double bend = smile / (width * width);

        Shape mouth = Shape.ellipse(0, 0, width, lips + opening);
        Shape cavity = Shape.ellipse(0, 0, 0.8 * width, 0.9 * opening + 0.004);
        Shape moustache = Shape.ellipse(0, mouthY - lips - 0.055, 1.05 * width, 0.045);

        canvas.paint(bent(mouth, 0.8 * bend, mouthY + 0.4 * smile), face.lips());
        canvas.paint(bent(cavity, 0.8 * bend, mouthY + 0.4 * smile), MOUTH_CAVITY, Math.min(1, opening / 0.04));
        canvas.paint(bent(moustache, 0.5 * bend, 0), face.hair().times(0.85), face.of(MOUSTACHE));
    }

    /** A shape moved down, with its ends bent up, and shifted by the turn of the head. */
    private Shape bent(Shape shape, double bend, double down) {
        Shape bent = (x, y) -> shape.distance(x, y - down + bend * x * x);
        return bent.shiftedRight(yaw);
    }

    private void paintEyes(Canvas canvas) {
        Shape eyeballs = Shape.ellipse(eyeX, eyeY, eyeWidth, eyeHeight).mirrored();
        double iris = 0.62 * eyeWidth;
        canvas.paint(eyeballs.shiftedRight(yaw), EYEBALL);
        canvas.paint(gazing(iris).and(eyeballs).shiftedRight(yaw), face.iris());
        canvas.paint(gazing(0.45 * iris).and(eyeballs).shiftedRight(yaw), PUPIL);
    }

    /** A disc in each eye; both are shifted to the same side, so they are not mirrored. */
    private Shape gazing(double radius) {
        double gaze = face.of(GAZE) * eyeWidth;
        Shape right = Shape.ellipse(eyeX + gaze, eyeY, radius, radius);
        Shape left = Shape.ellipse(-eyeX + gaze, eyeY, radius, radius);
        return (x, y) -> x >= 0 ? right.distance(x, y) : left.distance(x, y);
    }

    private void paintBrows(Canvas canvas) {
        double tilt = face.of(BROW_TILT);
        double browY = eyeY - eyeHeight - 0.8 * face.of(BROW_GAP);
        Shape brow = Shape.capsule(
                eyeX - 0.95 * eyeWidth, browY + tilt, eyeX + 1.05 * eyeWidth, browY - tilt, face.of(BROW_THICKNESS));
        canvas.paint(brow.mirrored().shiftedRight(yaw), face.hair().times(0.65), 0.95);
    }

    private void paintGlasses(Canvas canvas) {
        double lensWidth = 1.45 * eyeWidth;
        double wire = 0.014;
        Shape rim = Shape.ellipse(eyeX, eyeY + 0.01, lensWidth, 1.3 * eyeWidth).outline(0.018);
        Shape bridge = Shape.capsule(eyeX - lensWidth, eyeY, 0, eyeY, wire);
        Shape temple = Shape.capsule(eyeX + lensWidth, eyeY, face.of(FACE_WIDTH) + 0.02, eyeY - 0.02, wire);
        canvas.paint(rim.or(bridge).or(temple).mirrored().shiftedRight(yaw), face.frame(), face.of(GLASSES));
    }
}
