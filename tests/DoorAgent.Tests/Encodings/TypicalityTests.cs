using CsCheck;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using OpenCvSharp;

namespace DoorAgent.Tests.Encodings;

public sealed class TypicalityTests
{
    [Fact]
    public void EveryPairWithACalibrationHasTestsOfItsDimension()
    {
        Assert.All(Catalogue.Embedded.Entries.Where(entry => entry.Task == ModelTask.Encoder),
            entry => Assert.All(entry.Calibration, table => Assert.NotNull(Typicality.Of(entry, table.Detector))));
        Assert.All(Typicality.Tables, table =>
        {
            int dimension = Catalogue.Embedded.Find(table.Encoder, ModelTask.Encoder).Output!.Dimension;
            Assert.All(table.Tests, test => Assert.Equal(dimension, test.Weights.Length));
            Assert.All(table.Tests, test => Assert.InRange(test.Least, -0.5f, 0.9f));
            Assert.Equal(
                [UnusableReason.NotUpright, UnusableReason.OutOfProportion, UnusableReason.FaceCovered, UnusableReason.UnlikeAFace],
                table.Tests.Select(test => test.Reason).Distinct().Order());
        });
    }

    [Slow]
    [Fact]
    public void AFaceIsJudgedLikeTheNaiveImplementation() =>
        Gen.Select(Gen.Int[0, Typicality.Tables.Count - 1], Gen.Int, Gen.Float[0, 1]).Sample((which, seed, score) =>
        {
            TypicalityTable table = Typicality.Tables[which];
            Random random = new(seed);
            FaceEncoding encoding = Some(random);
            UnusableReason worst = UnusableReason.None;
            double least = 0;
            foreach (TypicalityTest test in table.Tests)
            {
                double value = test.Offset + (test.Score * score);
                for (int i = 0; i < 128; i++)
                    value += test.Weights[i] * encoding.Vector[i];
                double margin = (value - test.Least) / (1 - test.Least);
                if (margin < least)
                    (worst, least) = (test.Reason, margin);
            }

            if (Math.Abs(least) > 1e-4)
                Assert.Equal(worst, Typicality.Of(Catalogue.Embedded.Find(table.Encoder), table.Detector)!.Judge(encoding, score));
        });

    [Slow]
    [Fact]
    public void ACompositeJudgesTheEncodingOfItsPartThatHasTests() => Gen.Select(Gen.Int, Gen.Float[0, 1], Gen.Bool)
        .Sample((seed, score, isFirst) =>
    {
        string[] parts = isFirst ? ["door-encoder", "pixels"] : ["pixels", "door-encoder"];
        CatalogueEntry composite = Catalogue.Embedded.Find("door-encoder") with { Id = "made", File = "", Parts = parts };
        Random random = new(seed);
        FaceEncoding tested = Some(random);
        FaceEncoding other = FaceEncoding.Normalised([.. Enumerable.Range(0, 3072).Select(_ => random.NextSingle())]);
        FaceEncoding joined = FaceEncoding.Joined(isFirst ? [tested, other] : [other, tested]);
        Assert.Equal(Typicality.Of(Catalogue.Embedded.Find("door-encoder"), "door-detector")!.Judge(tested, score),
            Typicality.Of(composite, "door-detector")!.Judge(joined, score));
    });

    [Fact]
    public void AScoreOfNaNIsNotUsable() =>
        Assert.NotEqual(UnusableReason.None,
            Typicality.Of(Catalogue.Embedded.Find("door-encoder"), "door-detector")!.Judge(Some(new Random(1)), float.NaN));

    [Fact]
    public void AnUncalibratedPairHasNoTests() => Assert.Null(Typicality.Of(Catalogue.Embedded.Find("pixels"), "yunet-n"));

    [Theory]
    [InlineData("upright", UnusableReason.None)]
    [InlineData("upside down", UnusableReason.NotUpright)]
    [InlineData("negative", UnusableReason.NoFace)]
    [InlineData("squeezed", UnusableReason.OutOfProportion)]
    [InlineData("stretched", UnusableReason.OutOfProportion)]
    internal void WhatIsWrongWithABuiltInFaceIsSaid(string change, UnusableReason expected)
    {
        using FacePipeline pipeline = TestNetworks.BuiltIn();
        Frame frame = new();
        foreach (string person in new[] { "adam", "dora", "hana", "mark" })
        {
            using Mat picture = Cv2.ImRead(Path.Combine(Places.BuiltInPeople, person, "enrol-1.jpg"));
            using Mat changed = Changed(picture, change);
            MatFrame.Copy(changed, frame);
            Assert.Equal(expected, pipeline.ReadFrame(frame).Problem);
            // A picture that is sideways or upside down is turned before the enrolment.
            if (expected != UnusableReason.NotUpright)
                Assert.Equal(expected, pipeline.ReadPicture(frame, PictureUse.Recognise).Problem);
            // For measuring, every face that is found counts. The built-in detector finds none on a negative.
            Assert.Equal(expected == UnusableReason.NoFace ? expected : UnusableReason.None,
                pipeline.ReadPicture(frame, PictureUse.Measure).Problem);
        }
    }

    private static FaceEncoding Some(Random random) =>
        FaceEncoding.Normalised([.. Enumerable.Range(0, 128).Select(_ => random.NextSingle() - 0.5f)]);

    private static Mat Changed(Mat picture, string change)
    {
        Mat changed = new();
        switch (change)
        {
            case "upside down":
                Cv2.Rotate(picture, changed, RotateFlags.Rotate180);
                break;
            case "negative":
                Cv2.BitwiseNot(picture, changed);
                break;
            case "squeezed":
                Cv2.Resize(picture, changed, default, 1, 0.6, InterpolationFlags.Area);
                break;
            case "stretched":
                Cv2.Resize(picture, changed, default, 0.6, 1, InterpolationFlags.Area);
                break;
            default:
                picture.CopyTo(changed);
                break;
        }

        return changed;
    }
}
