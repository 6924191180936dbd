using System.Security.Cryptography;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>What one picture of a set gave.</summary>
/// <param name="Digest">SHA-256 of the file; null if the file could not be read.</param>
/// <param name="Problem">Why there is no encoding, in words; null with an encoding.</param>
/// <param name="IsFromCache">Whether no network was needed.</param>
internal readonly record struct EncodedPicture(byte[]? Digest, string? Problem, bool IsFromCache);

/// <summary>Encodes the main face of picture files, whatever its quality, with one pipeline and the cache. Not thread-safe.</summary>
/// <param name="open">Opens the pipeline when the first picture needs it.</param>
/// <param name="cache">The cache, shared by all workers; null without one.</param>
internal sealed class PictureEncoder(Func<FacePipeline> open, EncodingCache? cache)
{
    private const string NoFace = "no face was found";

    private readonly Frame _frame = new();
    private FacePipeline? _pipeline;

    /// <summary>Reads a picture and encodes its main face, or takes the encoding from the cache.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="vector">Receives the encoding; undefined without one.</param>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public EncodedPicture Encode(string path, Span<float> vector)
    {
        byte[]? digest = null;
        try
        {
            byte[] bytes = PictureFile.ReadBytes(path);
            digest = SHA256.HashData(bytes);
            if (cache?.Find(digest, vector) is { } showsFace)
                return new EncodedPicture(digest, showsFace ? null : NoFace, IsFromCache: true);
            bool isEncoded = Encode(bytes, path, vector);
            cache?.Add(digest, isEncoded ? vector : []);
            return new EncodedPicture(digest, isEncoded ? null : NoFace, IsFromCache: false);
        }
        catch (InvalidDataException failure)
        {
            return new EncodedPicture(digest, failure.Message, IsFromCache: false);
        }
        catch (Exception failure) when (digest is null && failure is IOException or UnauthorizedAccessException)
        {
            return new EncodedPicture(null, failure.Message, IsFromCache: false);
        }
    }

    /// <summary>Returns whether the cache's encoding of a picture is the one that the pipeline makes; true for a picture that is not in
    /// the cache.</summary>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public bool Agrees(string path, int dimension)
    {
        float[] kept = new float[dimension], made = new float[dimension];
        try
        {
            byte[] bytes = PictureFile.ReadBytes(path);
            if (cache?.Find(SHA256.HashData(bytes), kept) is not { } showsFace)
                return true;
            // Another processor rounds otherwise; another program cuts faces otherwise.
            const float same = 0.9999f;
            return Encode(bytes, path, made) == showsFace
                && (!showsFace || System.Numerics.Tensors.TensorPrimitives.Dot<float>(kept, made) > same);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The evaluation names this picture among the failures.
            return true;
        }
    }

    private bool Encode(byte[] bytes, string path, Span<float> vector)
    {
        PictureFile.Decode(bytes, path, _frame);
        _pipeline ??= open();
        if (_pipeline.ReadPicture(_frame, PictureUse.Measure).Encoding is not { } encoding)
            return false;
        encoding.Vector.CopyTo(vector);
        return true;
    }
}
