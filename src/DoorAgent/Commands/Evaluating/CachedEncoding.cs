using DoorAgent.Commands.Output;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Sealing;

namespace DoorAgent.Commands.Evaluating;

/// <summary>Encodes sets of pictures with progress, keeps the encodings for the next run, and says what hinders the keeping.</summary>
/// <param name="directory">Directory of the caches of encodings.</param>
/// <param name="key">The door's key, with which kept encodings are sealed; null without one.</param>
/// <param name="isQuiet">Whether the output belongs to a program, so that no progress is shown.</param>
internal sealed class CachedEncoding(string directory, DoorKey? key, bool isQuiet)
{
    /// <summary>Encodes a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="pipeline">The open networks.</param>
    /// <param name="another">Opens the same networks for another core.</param>
    /// <param name="name">The name under which the encoder is shown.</param>
    /// <param name="stopping">Cancels the work.</param>
    /// <exception cref="UserErrorException">A network cannot be used, the cache belongs to another, or no picture shows a face.</exception>
    public EncodedPictures Encode(PictureSet set, FacePipeline pipeline, Func<FacePipeline> another, string name, CancellationToken stopping)
    {
        // Pixels need no network, and thousands of numbers for each picture would fill the disk.
        using EncodingCache? cache = pipeline.HasEncoderFile ? EncodingCache.Open(directory, EvaluatedNetworks.Of(pipeline), key) : null;
        if (cache is { Damaged: > 0 })
            Console.Error.WriteLine($"{cache.Path}: {cache.Damaged} encodings are damaged; their pictures are encoded again.");
        if (cache is { IsWritable: false })
            Console.Error.WriteLine($"{cache.Path}: another evaluation is writing here; new encodings of this run are not kept.");
        EncodedPictures encoded = WorkProgress.Show($"{name}: encoding", set.Pictures.Count, "pictures",
            progress => new SetEncoder(pipeline, another, cache).Encode(set, progress, stopping), isQuiet);
        if (cache?.WriteFailure is { } failure)
            Console.Error.WriteLine($"{cache.Path}: no more encodings are kept: {failure}");
        return encoded;
    }
}
