using System.Text.Json;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Models;
using DoorAgent.Storage;
using OpenCvSharp;

namespace DoorAgent.Benchmarks;

/// <summary>
/// Makes the typicality tests of an encoder with a detector (<see cref="Typicality"/>): for each change of pictures, Fisher's
/// discriminant between the faces as they are and as changed, of encoding and score. Every third person, by name, is fitted; the limits
/// are those that lose one in a thousand pictures of the others. Prints one table as JSON.
/// </summary>
internal static class TypicalityFit
{
    private const int FittedPerson = 3;

    /// <summary>Share of the other people's upright pictures that a test may refuse.</summary>
    private const double Lost = 1e-3;

    /// <summary>Share of the mean variance that is added to each variance, for few pictures in many dimensions.</summary>
    private const double Ridge = 0.05;

    /// <param name="folder">Folder with a folder for each person, such as LFW's View 1.</param>
    /// <param name="models">Folder of networks that are not built in.</param>
    /// <param name="detector">Catalogue id of the detector.</param>
    /// <param name="encoder">Catalogue id of the encoder.</param>
    public static void Show(string folder, string models, string detector, string encoder)
    {
        using FacePipeline pipeline = FacePipelineFactory.Open(new Places("", [Path.GetFullPath(models), Places.BuiltInModels]),
            new FaceOptions { Detector = detector }, encoder);
        string[] people = [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];
        string[] fitted = [.. people.Where((_, i) => i % FittedPerson == 0).SelectMany(PictureFile.In)];
        double[][] others = [.. people.Where((_, i) => i % FittedPerson != 0).SelectMany(PictureFile.In)
            .Select(path => Read(path)?.Features).OfType<double[]>()];
        (string Path, Face Face, double[] Features)[] upright =
            [.. fitted.Select(path => (Path: path, Read: Read(path))).Where(one => one.Read is not null)
                .Select(one => (one.Path, one.Read!.Value.Face, one.Read.Value.Features))];
        List<TypicalityTest> tests = [];
        foreach ((string unlike, UnusableReason reason, Func<Mat, Face, int, Mat> make) in ChangedFaces.All)
        {
            double[][] changed = [.. upright.Select((one, number) => Changed(one.Path, one.Face, number, make)).OfType<double[]>()];
            tests.Add(Test(unlike, reason, [.. upright.Select(one => one.Features)], changed, others));
            Console.Error.WriteLine($"{encoder} with {detector}, {unlike}: {changed.Length} of {upright.Length} changed faces found");
        }

        double[][] all = [.. upright.Select(one => one.Features), .. others];
        int refused = all.Count(face => tests.Any(test => Value(test, face) < test.Least));
        Console.Error.WriteLine($"{encoder} with {detector}: the tests refuse {refused} of {all.Length} upright faces");

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            encoder, detector, tests = tests.Select(test => new
            {
                unlike = test.Unlike,
                reason = test.Reason.ToString(),
                least = Math.Round(test.Least, 3),
                offset = Math.Round(test.Offset, 4),
                score = Math.Round(test.Score, 4),
                weights = test.Weights.Select(weight => Math.Round(weight, 4)),
            }),
        }));

        (Face Face, double[] Features)? Read(string path)
        {
            Frame frame = new();
            PictureFile.Read(path, frame);
            return Features(frame);
        }

        double[]? Changed(string path, Face face, int number, Func<Mat, Face, int, Mat> make)
        {
            using Mat picture = Cv2.ImRead(path), changed = make(picture, face, number), whole = changed.Clone();
            Frame frame = new();
            frame.Resize(whole.Width, whole.Height);
            whole.AsSpan<byte>().CopyTo(frame.Pixels);
            return Features(frame)?.Features;
        }

        (Face Face, double[] Features)? Features(Frame frame) =>
            pipeline.ReadPicture(frame, PictureUse.Measure) is { Face: { } face, Encoding: { } encoding }
                ? (face, [.. encoding.Vector.ToArray().Select(value => (double)value), face.Score]) : null;
    }

    private static TypicalityTest Test(string unlike, UnusableReason reason, double[][] upright, double[][] changed, double[][] others)
    {
        double[] one = Mean(upright), other = Mean(changed);
        double[] weights = Solve(Covariance(upright, one, changed, other), [.. one.Zip(other, (a, b) => a - b)]);
        // A scale on which the mean upright face is 1 and the mean changed face is 0.
        double length = Dot(weights, one) - Dot(weights, other);
        weights = [.. weights.Select(weight => weight / length)];
        double offset = -Dot(weights, other);
        double[] values = [.. others.Select(face => Dot(weights, face) + offset).Order()];
        double least = Math.Floor(values[(int)(Lost * values.Length)] * 1000) / 1000;
        return new TypicalityTest(unlike, reason, (float)least, (float)offset, (float)weights[^1], [.. weights[..^1].Select(w => (float)w)]);
    }

    private static double Value(TypicalityTest test, double[] face) =>
        test.Offset + (test.Score * face[^1]) + Dot([.. test.Weights.Select(weight => (double)weight)], face[..^1]);

    private static double[] Mean(double[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Average(row => row[column]))];

    private static double Dot(double[] one, double[] other) => one.Zip(other, (a, b) => a * b).Sum();

    /// <summary>The mean of both groups' covariances, with a ridge.</summary>
    private static double[,] Covariance(double[][] upright, double[] one, double[][] changed, double[] other)
    {
        int size = one.Length;
        double[,] sum = new double[size, size];
        foreach ((double[][] rows, double[] mean) in new[] { (upright, one), (changed, other) })
        {
            foreach (double[] row in rows)
            {
                for (int i = 0; i < size; i++)
                {
                    for (int j = 0; j < size; j++)
                        sum[i, j] += (row[i] - mean[i]) * (row[j] - mean[j]) / (2.0 * rows.Length);
                }
            }
        }

        double ridge = Ridge * Enumerable.Range(0, size).Average(i => sum[i, i]);
        for (int i = 0; i < size; i++)
            sum[i, i] += ridge;
        return sum;
    }

    /// <summary>Solves a system with a positive definite matrix, by Cholesky's decomposition.</summary>
    private static double[] Solve(double[,] matrix, double[] right)
    {
        int size = right.Length;
        double[] solution = [.. right];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++)
                    sum -= matrix[i, k] * matrix[j, k];
                matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
            }
        }

        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < i; k++)
                solution[i] -= matrix[i, k] * solution[k];
            solution[i] /= matrix[i, i];
        }

        for (int i = size - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < size; k++)
                solution[i] -= matrix[k, i] * solution[k];
            solution[i] /= matrix[i, i];
        }

        return solution;
    }
}
