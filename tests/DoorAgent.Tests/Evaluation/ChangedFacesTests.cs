using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using OpenCvSharp;

namespace DoorAgent.Tests.Evaluation;

/// <summary>
/// Compares every person with every other at the default rate, on pictures changed in ways that no calibration used: both sides
/// changed (a camera mounted upside down, and people enrolled with it), or one. No pair may open that does not open upright. To be
/// quick, the test uses a sample: the built-in people and every fourth person of LFW's View 1, without those used for typicality.
/// </summary>
[Slow]
public sealed class ChangedFacesTests(ITestOutputHelper output)
{
    // Every third person of View 1, by name, was used to make the tests of typicality.
    private const int MadeWith = 3;
    private const int Step = 4;

    private readonly Frame _frame = new();

    [Fact]
    public void TheStrongPairAcceptsNoChangedFace()
    {
        using FacePipeline pipeline = TestNetworks.Strong();
        NoneOpens(pipeline);
    }

    [Fact]
    public void TheCompositeEncoderAcceptsNoChangedFace()
    {
        using FacePipeline pipeline = TestNetworks.Open("yunet-n", "mobilefacenet+face-reid-0095");
        NoneOpens(pipeline);
    }

    [Fact]
    public void TheBuiltInPairAcceptsHardlyAChangedFace()
    {
        using FacePipeline pipeline = TestNetworks.BuiltIn();
        // One pair of people, in both orders, opens on posterised pictures (0.001 below the threshold) and another one on cartoons. At the
        // default rate, 0.6 of so many tries are expected to.
        NoneOpens(pipeline, except: 2);
    }

    private void NoneOpens(FacePipeline pipeline, int except = 0)
    {
        float threshold = FacePipelineFactory.ThresholdsOf(pipeline, new MatchingOptions()).Verification(1);
        Mat[] pictures = [.. Pictures().Select(path => Cv2.ImRead(path))];
        FaceReading[] upright = [.. pictures.Select(Read)];
        bool[,] opensUpright = Opens(upright, upright, threshold);
        List<string> failures = [];
        foreach ((string change, Func<Mat, Face, Mat> make) in ChangedPictures.All)
        {
            FaceReading[] changed = [.. pictures.Select((picture, i) => ReadChanged(picture, upright[i], make))];
            int tries = 0, opened = 0;
            foreach (bool[,] opens in new[] { Opens(changed, changed, threshold), Opens(changed, upright, threshold) })
            {
                for (int i = 0; i < pictures.Length; i++)
                {
                    for (int j = 0; j < pictures.Length; j++)
                    {
                        if (i == j)
                            continue;
                        tries++;
                        opened += opens[i, j] && !opensUpright[i, j] ? 1 : 0;
                    }
                }
            }

            string line =
                $"{change}: {changed.Count(one => one.Encoding is not null)} of {pictures.Length} usable, "
                + $"{opened} of {tries} tries open that would not upright";
            output.WriteLine(line);
            // Worn masks differ from painted ones: the guide names them as a limit.
            if (opened > except && !change.EndsWith("mask", StringComparison.Ordinal))
                failures.Add(line);
        }

        foreach (Mat picture in pictures)
            picture.Dispose();
        Assert.Empty(failures);

        FaceReading Read(Mat picture)
        {
            MatFrame.Copy(picture, _frame);
            return pipeline.ReadFrame(_frame);
        }

        FaceReading ReadChanged(Mat picture, FaceReading asItWas, Func<Mat, Face, Mat> make)
        {
            using Mat changed = make(picture, asItWas.Face ?? default);
            return Read(changed);
        }
    }

    private static bool[,] Opens(FaceReading[] enrolled, FaceReading[] seen, float threshold)
    {
        bool[,] opens = new bool[enrolled.Length, seen.Length];
        for (int i = 0; i < enrolled.Length; i++)
        {
            for (int j = 0; j < seen.Length; j++)
                opens[i, j] = enrolled[i].Encoding is { } one && seen[j].Encoding is { } other && one.DistanceTo(other) < threshold;
        }

        return opens;
    }

    /// <summary>One picture of each person.</summary>
    private static IEnumerable<string> Pictures()
    {
        string[] people = [.. Directory.GetDirectories(Shared.Need("faces/lfw-view1")).Order(StringComparer.Ordinal)];
        return Directory.GetDirectories(Places.BuiltInPeople).Order(StringComparer.Ordinal)
            .Select(person => Path.Combine(person, "door-1", "05.jpg"))
            .Concat(people.Where((_, i) => i % MadeWith != 0).Where((_, i) => i % Step == 0)
                .Select(person => Directory.GetFiles(person).Order(StringComparer.Ordinal).First()));
    }
}
