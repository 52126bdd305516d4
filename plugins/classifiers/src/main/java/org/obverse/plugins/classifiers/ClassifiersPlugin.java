package org.obverse.plugins.classifiers;

import java.util.List;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The benchmark's target and evaluation model, and the networks of the papers under their published names. */
public final class ClassifiersPlugin implements Plugin {
    @Override
    public String id() {
        return "classifiers";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(
                new Component<>(
                        Kind.CLASSIFIER,
                        "small-resnet",
                        "Three residual blocks for images of 16 pixels and more, the benchmark's target (80 k parameters)",
                        SmallResNet.DEFAULT,
                        SmallResNet::architecture),
                new Component<>(
                        Kind.CLASSIFIER,
                        "small-inception",
                        "Four inception modules (Szegedy et al. 2016, Fig. 5) for images of 16 pixels and more, the"
                                + " benchmark's evaluation model (120 k parameters)",
                        SmallInception.DEFAULT,
                        (configuration, resources) -> configuration.architecture(resources.operators())),
                new Component<>(
                        Kind.CLASSIFIER,
                        "membership-cnn",
                        "The networks of membership inference (Kaya and Dumitras 2021) for images of 4 (shallow) or 32 (deep)"
                                + " pixels and more, published for Fashion-MNIST and CIFAR",
                        MembershipCnn.DEFAULT,
                        (configuration, resources) -> configuration.architecture(resources.operators())),
                torchvision(ResNet.RESNET_18.design(), "ResNet-18 (He et al. 2016, Table 1)"),
                torchvision(ResNet.RESNET_34.design(), "ResNet-34 (He et al. 2016, Table 1)"),
                torchvision(ResNet.RESNET_50.design(), "ResNet-50 (He et al. 2016, Table 1)"),
                torchvision(ResNet.RESNET_101.design(), "ResNet-101 (He et al. 2016, Table 1)"),
                torchvision(ResNet.RESNET_152.design(), "ResNet-152 (He et al. 2016, Table 1)"),
                torchvision(ResNet.RESNEXT_50.design(), "ResNeXt-50 32x4d (Xie et al. 2017, Table 1)"),
                torchvision(ResNet.RESNEXT_101.design(), "ResNeXt-101 32x8d (Xie et al. 2017)"),
                torchvision(DenseNet.DENSENET_121.design(), "DenseNet-121 (Huang et al. 2017, Table 1)"),
                torchvision(DenseNet.DENSENET_161.design(), "DenseNet-161, k = 48 (Huang et al. 2017)"),
                torchvision(DenseNet.DENSENET_169.design(), "DenseNet-169 (Huang et al. 2017, Table 1)"),
                torchvision(DenseNet.DENSENET_201.design(), "DenseNet-201 (Huang et al. 2017, Table 1)"),
                torchvision(EfficientNet.b0(), "EfficientNet-B0 (Tan and Le 2019, Table 1), without stochastic depth,"),
                torchvision(Vgg.VGG_16.design(), "VGG-16 (Simonyan and Zisserman 2015, Table 1, D)"),
                torchvision(
                        Vgg.VGG_16_BN.design(),
                        "VGG-16 with batch normalisation (Simonyan and Zisserman 2015, Table 1, D)"),
                new Component<>(
                        Kind.CLASSIFIER,
                        "inception-v3",
                        "Inception v3 (Szegedy et al. 2016) as torchvision defines it, with its auxiliary head: PPA's"
                                + " evaluation model",
                        InceptionV3Settings.DEFAULT,
                        InceptionV3Settings::architecture),
                published(
                        InceptionV3.fid().design(),
                        "pytorch-fid's Inception v3 with 1008 outputs, whose penultimate activations the Fréchet"
                                + " distance compares",
                        PublishedSettings.DEFAULT),
                published(
                        InceptionResNetV1.design(),
                        "Inception-ResNet v1 (Szegedy et al. 2017) as facenet-pytorch defines it: FaceNet",
                        PublishedSettings.DEFAULT),
                published(
                        Vgg64.design(),
                        "The VGG-16 of the low-resolution attacks (KED-MI, Chen et al. 2021), for 64 pixels",
                        PublishedSettings.UNIT),
                published(
                        FaceResNet.IR152_64.design(),
                        "The IR-152 of the low-resolution attacks (KED-MI, Chen et al. 2021), for 64 pixels",
                        PublishedSettings.UNIT),
                published(
                        FaceResNet.FACENET_64.design(),
                        "The FaceNet64 of the low-resolution attacks (KED-MI, Chen et al. 2021): IR-50 for 64 pixels",
                        PublishedSettings.UNIT),
                published(
                        FaceResNet.IR50_112.design(),
                        "The evaluation model of the low-resolution attacks: IR-50 for 112 pixels",
                        PublishedSettings.UNIT));
    }

    private static Component<PublishedSettings, ClassifierArchitecture> torchvision(Design design, String network) {
        return published(
                design,
                network + " as torchvision defines it, under its state dict's names",
                PublishedSettings.DEFAULT);
    }

    private static Component<PublishedSettings, ClassifierArchitecture> published(
            Design design, String summary, PublishedSettings defaults) {
        return new Component<>(
                Kind.CLASSIFIER,
                design.name(),
                summary,
                defaults,
                (settings, resources) -> settings.architecture(design, resources));
    }
}
