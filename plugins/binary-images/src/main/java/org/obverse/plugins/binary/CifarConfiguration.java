package org.obverse.plugins.binary;

import java.util.List;
import org.obverse.api.data.Dataset;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;

/** CIFAR-10 or CIFAR-100 as the archives of the binary version unpack; which of them, the files' names say. */
public record CifarConfiguration(
        @Meaning(
                "folder with data_batch_1.bin to data_batch_5.bin, test_batch.bin and batches.meta.txt, or with train.bin, test.bin"
                        + " and fine_label_names.txt")
        String folder,

        @Meaning("images of each class that the target trains on, the first ones of the pool; 0 takes all of it")
        int trainingPerClass,

        @Meaning(
                "images of each class that evaluation models train on, the first ones of the training files; 0 takes all")
        int poolPerClass,

        @Meaning("images of each class that no model trains on, the first ones of the test file; 0 takes all")
        int testPerClass,

        @Meaning("images of other things, for the attacker; CIFAR-100 for CIFAR-10 and the other way round will do")
        PublicImages publicImages)
        implements Checked {
    public static final CifarConfiguration DEFAULT =
            new CifarConfiguration("data/cifar-10-batches-bin", 0, 0, 0, PublicImages.NONE);

    @Override
    public List<Problem> check() {
        return Keys.of(folder, trainingPerClass, poolPerClass, testPerClass, publicImages);
    }

    /**
     * @throws InvalidConfigurationException if a file is not there or is not what its name says
     */
    Dataset open(Resources resources) {
        Place place = Place.of("folder", folder, resources.workspace(), CifarVersion.EXPECTED);
        CifarVersion version = CifarVersion.of(place);
        List<String> classes = version.classNames(place);
        Labelled training = version.training(place, classes);
        Labelled test = version.test(place, classes);
        training.absent(classes.size()).ifPresent(absent -> {
            throw place.refusal(
                    place.folder(),
                    "has no training image of class %d, '%s'".formatted(absent, classes.get(absent)),
                    "get the files again");
        });
        return BinaryDataset.of(
                classes,
                trainingPerClass == 0
                        ? training.firstOfEachClass("pool-per-class", poolPerClass)
                        : training.firstOfEachClass("training-per-class", trainingPerClass),
                training.firstOfEachClass("pool-per-class", poolPerClass),
                test.firstOfEachClass("test-per-class", testPerClass),
                publicImages.read(resources.workspace(), CifarVersion.EXPECTED, CifarConfiguration::shown));
    }

    private static List<ImageBlock> shown(Place place) {
        CifarVersion version = CifarVersion.of(place);
        return version.training(place, version.classNames(place)).blocks();
    }
}
