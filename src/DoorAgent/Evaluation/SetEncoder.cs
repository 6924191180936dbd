using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DoorAgent.Encodings;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>The encodings of a set, and how they were made.</summary>
/// <param name="Encodings">The encodings.</param>
/// <param name="Digest">SHA-256 over names and digests of the set's pictures, in hexadecimal: names the set's content.</param>
/// <param name="FromCache">Number of pictures that needed no network.</param>
/// <param name="Notes">What the reader must know: one sentence each.</param>
internal sealed record EncodedPictures(EncodedSet Encodings, string Digest, int FromCache, IReadOnlyList<string> Notes);

/// <summary>Encodes the main face of every picture of a set, whatever its quality, on all cores.</summary>
/// <param name="pipeline">An open pipeline, for the first worker; stays the caller's.</param>
/// <param name="another">Opens the same pipeline again, for another worker.</param>
/// <param name="cache">The cache of these networks; null without one.</param>
internal sealed class SetEncoder(FacePipeline pipeline, Func<FacePipeline> another, EncodingCache? cache)
{
    private const int Proofs = 3;

    /// <summary>Encodes a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="progress">Receives the number of finished pictures, from several threads.</param>
    /// <param name="cancellation">Cancels the work; what is in the cache by then stays there.</param>
    /// <exception cref="UserErrorException">No picture shows a face; the message names the first.</exception>
    /// <exception cref="NetworkFaultException">A network is broken.</exception>
    public EncodedPictures Encode(PictureSet set, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        List<string> notes = [.. ProveCache(set)];
        float[] vectors = new float[checked(set.Pictures.Count * pipeline.Dimension)];
        EncodedPicture[] pictures = new EncodedPicture[set.Pictures.Count];
        ConcurrentBag<FacePipeline> opened = [];
        int done = 0, taken = 0;
        try
        {
            CoreWorkers.Run(pictures.Length, () => new PictureEncoder(Pipeline, cache), (worker, at) =>
            {
                pictures[at] = worker.Encode(set.Pictures[at].Path, vectors.AsSpan(at * pipeline.Dimension, pipeline.Dimension));
                progress?.Report(Interlocked.Increment(ref done));
            }, cancellation);
        }
        finally
        {
            foreach (FacePipeline one in opened)
                one.Dispose();
        }

        return new EncodedPictures(Compact(set, vectors, pictures), DigestOf(set, pictures), pictures.Count(one => one.IsFromCache),
            [.. notes, .. SameFiles(set, pictures)]);

        FacePipeline Pipeline()
        {
            if (Interlocked.Increment(ref taken) == 1)
                return pipeline;
            FacePipeline more = another();
            opened.Add(more);
            return more;
        }
    }

    /// <summary>Encodes some pictures of the cache again: a program that finds or cuts faces in another way must not use it.</summary>
    private IEnumerable<string> ProveCache(PictureSet set)
    {
        if (cache is null || cache.Count == 0)
            return [];
        PictureEncoder encoder = new(() => pipeline, cache);
        int step = Math.Max(1, set.Pictures.Count / Proofs);
        if (set.Pictures.Where((_, at) => at % step == 0).Take(Proofs).All(one => encoder.Agrees(one.Path, pipeline.Dimension)))
            return [];
        cache.Clear();
        return ["The cache was made by another version of this program, whose encodings differ; all pictures were encoded again."];
    }

    /// <summary>Moves the rows with an encoding together.</summary>
    private EncodedSet Compact(PictureSet set, float[] vectors, EncodedPicture[] pictures)
    {
        FaceFailure[] failures = [.. pictures.Index().Where(one => one.Item.Problem is not null)
            .Select(one => new FaceFailure(set.Pictures[one.Index].Name, one.Item.Problem!))];
        if (failures.Length == pictures.Length)
        {
            throw new UserErrorException($"Not one picture of {set.Folder} could be encoded. "
                + $"The first, {failures[0].Name}: {failures[0].Reason}.");
        }

        int[] rows = [.. pictures.Index().Where(one => one.Item.Problem is null).Select(one => one.Index)];
        int dimension = pipeline.Dimension;
        if (failures.Length > 0)
        {
            foreach ((int to, int from) in rows.Index())
                vectors.AsSpan(from * dimension, dimension).CopyTo(vectors.AsSpan(to * dimension));
            Array.Resize(ref vectors, rows.Length * dimension);
        }

        return new EncodedSet(set.People, [.. rows.Select(row => set.Pictures[row].Person)], vectors, dimension)
        {
            PictureOf = rows,
            Failures = failures,
        };
    }

    private static string DigestOf(PictureSet set, EncodedPicture[] pictures)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((SetPicture picture, EncodedPicture encoded) in set.Pictures.Zip(pictures))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(picture.Name + '\n'));
            hash.AppendData(encoded.Digest ?? []);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> SameFiles(PictureSet set, EncodedPicture[] pictures)
    {
        foreach (IGrouping<string, int> same in pictures.Index().Where(one => one.Item.Digest is not null)
            .GroupBy(one => Convert.ToHexString(one.Item.Digest!), one => one.Index).Where(group => group.Count() > 1))
        {
            string names = string.Join(" and ", same.Select(at => set.Pictures[at].Name));
            yield return same.Select(at => set.Pictures[at].Person).Distinct().Count() == 1
                ? $"{names} are one file, so that their pair proves nothing."
                : $"{names} are one file under two people's names, which counts as a false match of the networks; leave one out.";
        }
    }
}
