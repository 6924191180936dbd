using DoorAgent.Commands.People;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Models;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Evaluating;

/// <summary>Encodes a set with each encoder and measures it, with progress on the terminal.</summary>
/// <param name="places">The door's places.</param>
/// <param name="settings">The door's settings: detector, rates, margin.</param>
/// <param name="cacheDirectory">Directory of the caches of encodings.</param>
/// <param name="isQuiet">Whether the output belongs to a program, so that no progress is shown.</param>
internal sealed class EvaluationRunner(Places places, DoorSettings settings, string cacheDirectory, bool isQuiet)
{
    // The comparison reports its progress in this many parts.
    private const int Parts = 100;

    /// <summary>Number of people of the galleries that are tried where the user names none.</summary>
    public static IReadOnlyList<int> DefaultGalleries { get; } = [10, 100, 300];

    /// <summary>Encodes and measures.</summary>
    /// <param name="set">The set.</param>
    /// <param name="pairsFile">Path of the pairs file, for the report; null without one.</param>
    /// <param name="encoders">Names of the encoders, see <see cref="EvaluatedNetworks.Name"/>.</param>
    /// <param name="galleries">Numbers of people of the galleries that are tried.</param>
    /// <param name="seed">Start of the random draws.</param>
    /// <param name="stopping">Cancels the work.</param>
    /// <exception cref="UserErrorException">A network cannot be used, or no picture shows a face.</exception>
    public EvaluationReport Run(PictureSet set, string? pairsFile, IReadOnlyList<string> encoders, IReadOnlyList<int> galleries, int seed,
        CancellationToken stopping)
    {
        EncoderMeasurement measurement = new(set, settings.Matching, galleries, seed);
        List<EncoderEvaluation> evaluations = [];
        string digest = "";
        foreach (string name in encoders)
        {
            using FacePipeline pipeline = Open(name);
            EncodedPictures encoded = Encode(set, pipeline, name, stopping);
            digest = encoded.Digest;
            evaluations.Add(WithProgress($"{name}: comparing", Parts, "parts of the pairs", progress =>
                measurement.Measure(pipeline, encoded, new Share(progress), stopping)));
        }

        int several = set.Pictures.CountBy(picture => picture.Person).Count(person => person.Value > 1);
        return new EvaluationReport(new EvaluatedSet(set.Folder, pairsFile, digest, set.People.Count, several, set.Pictures.Count,
            set.LeftOut, set.Notes), TimeProvider.System.GetLocalNow(), seed, evaluations);
    }

    private EncodedPictures Encode(PictureSet set, FacePipeline pipeline, string name, CancellationToken stopping)
    {
        // Pixels need no network, and thousands of numbers for each picture would fill the disk.
        using EncodingCache? cache = pipeline.HasEncoderFile ? EncodingCache.Open(cacheDirectory, EvaluatedNetworks.Of(pipeline)) : null;
        if (cache is { Damaged: > 0 })
            Console.Error.WriteLine($"{cache.Path}: {cache.Damaged} encodings are damaged; their pictures are encoded again.");
        if (cache is { IsWritable: false })
            Console.Error.WriteLine($"{cache.Path}: another evaluation is writing here; new encodings of this run are not kept.");
        EncodedPictures encoded = WithProgress($"{name}: encoding", set.Pictures.Count, "pictures",
            progress => new SetEncoder(pipeline, () => Open(name), cache).Encode(set, progress, stopping));
        if (cache?.WriteFailure is { } failure)
            Console.Error.WriteLine($"{cache.Path}: no more encodings are kept: {failure}");
        return encoded;
    }

    private FacePipeline Open(string name)
    {
        (string encoder, bool flips) = EvaluatedNetworks.Parse(name);
        FacePipeline pipeline = FacePipelineFactory.Open(places, settings.Faces, encoder);
        pipeline.Flips = flips;
        return pipeline;
    }

    private T WithProgress<T>(string doing, int total, string things, Func<IProgress<int>, T> work) =>
        isQuiet ? work(new Silent()) : EnrolmentView.WithProgress(doing, total, things, work);

    /// <summary>Turns shares into whole parts, each reported once.</summary>
    private sealed class Share(IProgress<int> parts) : IProgress<double>
    {
        private readonly Lock _lock = new();
        private int _last;

        public void Report(double value)
        {
            lock (_lock)
            {
                for (int now = (int)(value * Parts); _last < now;)
                    parts.Report(++_last);
            }
        }
    }

    /// <summary>Shows no progress, because the output is for a program.</summary>
    private sealed class Silent : IProgress<int>
    {
        public void Report(int value)
        {
        }
    }
}
