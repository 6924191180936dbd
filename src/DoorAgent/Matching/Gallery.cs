using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Matching;

/// <summary>
/// Everybody enrolled, at one revision: immutable, the encodings in one contiguous array, each person's next to each other.
/// </summary>
internal sealed class Gallery
{
    private readonly FrozenDictionary<long, Person> _byId;
    private readonly FrozenDictionary<string, BadgeOwner> _byBadge;
    private readonly float[] _vectors;

    /// <param name="revision">The gallery file's revision.</param>
    /// <param name="encoder">Catalogue id of the encoder that made the vectors.</param>
    /// <param name="dimension">Length of one vector.</param>
    /// <param name="people">Everybody; their encodings lie in order in <paramref name="vectors"/>.</param>
    /// <param name="badges">Badge number to owner and state.</param>
    /// <param name="vectors">Unit vectors, one after the other; not copied.</param>
    public Gallery(long revision, string encoder, int dimension, ImmutableArray<Person> people,
        IReadOnlyDictionary<string, BadgeOwner> badges, float[] vectors)
    {
        (Revision, Encoder, Dimension, People, _vectors) = (revision, encoder, dimension, people, vectors);
        _byId = people.ToFrozenDictionary(person => person.Id);
        _byBadge = badges.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public long Revision { get; }

    /// <summary>Random mark of the change that made this, in hexadecimal: two changes may come to one revision, and have never one mark.</summary>
    public string Mark { get; init; } = "";

    public string Encoder { get; }

    public int Dimension { get; }

    public ImmutableArray<Person> People { get; }

    public int EncodingCount => _vectors.Length / Dimension;

    /// <summary>All vectors, row after row.</summary>
    public ReadOnlySpan<float> Vectors => _vectors;

    /// <summary>The vectors of one person of this gallery, row after row.</summary>
    public ReadOnlySpan<float> VectorsOf(Person person) =>
        _vectors.AsSpan(person.FirstEncoding * Dimension, person.EncodingCount * Dimension);

    /// <summary>The encodings of one person of this gallery.</summary>
    public IEnumerable<FaceEncoding> EncodingsOf(Person person) => Enumerable.Range(person.FirstEncoding, person.EncodingCount)
        .Select(row => FaceEncoding.Normalised(_vectors.AsSpan(row * Dimension, Dimension)));

    /// <summary>Distance to the nearest encoding of a person of this gallery, 0 to 2; infinite when they have none.</summary>
    public float DistanceTo(Person person, FaceEncoding probe)
    {
        // Of unit vectors the nearest has the largest product, so the root is drawn once.
        ReadOnlySpan<float> rows = VectorsOf(person);
        ReadOnlySpan<float> vector = probe.Vector;
        float best = float.NegativeInfinity;
        for (int at = 0; at < rows.Length; at += vector.Length)
            best = MathF.Max(best, TensorPrimitives.Dot(rows.Slice(at, vector.Length), vector));
        return best == float.NegativeInfinity ? float.PositiveInfinity : MathF.Sqrt(MathF.Max(0, 2 - (2 * best)));
    }

    /// <summary>Whether both hold the same: everybody with everything of theirs, of one revision and mark.</summary>
    public bool IsSameAs(Gallery other) => (Revision, Mark, Encoder, Dimension) == (other.Revision, other.Mark, other.Encoder, other.Dimension)
        && People.Length == other.People.Length && People.Zip(other.People).All(pair => pair.First.IsSameAs(pair.Second))
        && _byBadge.Count == other._byBadge.Count && _byBadge.All(badge => other._byBadge.TryGetValue(badge.Key, out BadgeOwner owner)
            && (owner.Person.Id, owner.State) == (badge.Value.Person.Id, badge.Value.State))
        && _vectors.AsSpan().SequenceEqual(other._vectors);

    public override string ToString() => People.Length == 0
        ? $"revision {Revision}, nobody is enrolled yet: 'dooragent people add NAME --images DIR --badge next' enrols somebody"
        : $"revision {Revision}, people {People.Length}, encodings {EncodingCount} ({Encoder})";

    public Person? Find(long personId) => _byId.GetValueOrDefault(personId);

    public BadgeOwner? Find(Badge badge) => _byBadge.TryGetValue(badge.Number, out BadgeOwner owner) ? owner : null;
}
