package org.obverse.plugins.binary;

import java.util.List;
import org.obverse.api.data.Dataset;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/** Four files of MNIST's format: images and labels for training and for testing. The format has no names of classes. */
public record IdxConfiguration(
        @Meaning("folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
                + " t10k-labels-idx1-ubyte, each as it is or with the ending .gz")
        String folder,

        @Meaning("images of each class that the target trains on, the first ones of the pool; 0 takes all of it")
        int trainingPerClass,

        @Meaning(
                "images of each class that evaluation models train on, the first ones of the training file; 0 takes all")
        int poolPerClass,

        @Meaning("images of each class that no model trains on, the first ones of the test file; 0 takes all")
        int testPerClass,

        @Meaning("images of other things, for the attacker") PublicImages publicImages)
        implements Checked {
    public static final IdxConfiguration DEFAULT = new IdxConfiguration("data/mnist", 0, 0, 0, PublicImages.NONE);

    private static final String TRAINING = "train-images-idx3-ubyte";
    private static final List<String> FILES =
            List.of(TRAINING, "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
    private static final String EXPECTED =
            "it must have the files " + String.join(", ", FILES) + ", each as it is or with the ending .gz";

    @Override
    public List<Problem> check() {
        return Keys.of(folder, trainingPerClass, poolPerClass, testPerClass, publicImages);
    }

    /**
     * @throws InvalidConfigurationException if a file is not there or is not what its name says, or the files do not fit together
     */
    Dataset open(Resources resources) {
        List<BinaryFile> files =
                Place.of("folder", folder, resources.workspace(), EXPECTED).filesOrCompressed(FILES);
        Labelled training = read(files.get(0), files.get(1));
        Labelled test = read(files.get(2), files.get(3));
        int classes = training.largest() + 1;
        training.absent(classes).ifPresent(absent -> {
            throw files.get(1)
                    .refusal(
                            "has labels up to %d and none that is %d".formatted(training.largest(), absent),
                            "use a file whose classes are counted from 0, each with an image");
        });
        if (test.largest() >= classes) {
            throw files.get(3)
                    .refusal(
                            "has a label %d, and the training images are of the classes 0 to %d"
                                    .formatted(test.largest(), classes - 1),
                            "put the four files of one data set there");
        }
        test.blocks().get(0).requireShape(training.shape(), files.get(2));
        return BinaryDataset.of(
                Dataset.numbered(classes),
                trainingPerClass == 0
                        ? training.firstOfEachClass("pool-per-class", poolPerClass)
                        : training.firstOfEachClass("training-per-class", trainingPerClass),
                training.firstOfEachClass("pool-per-class", poolPerClass),
                test.firstOfEachClass("test-per-class", testPerClass),
                publicImages.read(resources.workspace(), EXPECTED, place -> shown(place, training)));
    }

    private static Labelled read(BinaryFile images, BinaryFile labels) {
        ImageBlock block = IdxFile.images(images);
        return new Labelled(List.of(block), IdxFile.labels(labels, block));
    }

    private static List<ImageBlock> shown(Place place, Labelled training) {
        BinaryFile file = place.filesOrCompressed(List.of(TRAINING)).get(0);
        ImageBlock block = IdxFile.images(file);
        block.requireShape(training.shape(), file);
        return List.of(block);
    }
}
