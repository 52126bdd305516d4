package org.obverse.plugins.folders;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** Offers the data sets {@code image-folder}, {@code facescrub}, {@code celeba} and {@code stanford-dogs}. */
public final class ImageFoldersPlugin implements Plugin {
    @Override
    public String id() {
        return "image-folders";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                new Component<>(
                        Kind.DATASET,
                        "image-folder",
                        "Pictures in one folder per class, split class by class.",
                        ImageFolderConfiguration.DEFAULT,
                        ImageFolderConfiguration::open),
                new Component<>(
                        Kind.DATASET,
                        "facescrub",
                        "FaceScrub (Ng and Winkler 2014): 530 actors and actresses, split as PPA's reference code does.",
                        FaceScrubConfiguration.DEFAULT,
                        FaceScrubConfiguration::open),
                new Component<>(
                        Kind.DATASET,
                        "celeba",
                        "CelebA (Liu et al. 2015): the 1,000 people with most images, split as PPA's reference code does.",
                        CelebaConfiguration.DEFAULT,
                        CelebaConfiguration::open),
                new Component<>(
                        Kind.DATASET,
                        "stanford-dogs",
                        "Stanford Dogs (Khosla et al. 2011): 120 breeds, split as PPA's reference code does.",
                        StanfordDogsConfiguration.DEFAULT,
                        StanfordDogsConfiguration::open));
    }
}
