using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;

namespace DoorAgent.Matching;

/// <summary>
/// The enrolled people at one revision. Immutable; all encodings lie in one array, and each person's encodings are contiguous.
/// </summary>
internal sealed class Gallery
{
    private readonly FrozenDictionary<long, Person> _byId;
    private readonly FrozenDictionary<string, BadgeOwner> _byBadge;
    private readonly float[] _vectors;

    /// <param name="revision">The gallery file's revision.</param>
    /// <param name="encoder">Catalogue id of the encoder of the vectors.</param>
    /// <param name="dimension">Length of one vector.</param>
    /// <param name="people">All people; their encodings lie in the same order in <paramref name="vectors"/>.</param>
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

    /// <summary>Random mark of the last change, in hexadecimal: two changes can lead to the same revision, but not to the same
    /// mark.</summary>
    public string Mark { get; init; } = "";

    /// <summary>Pairs of people who look alike and have a rule of their own.</summary>
    public ImmutableArray<SeparatedPair> Separated { get; init; } = [];

    public string Encoder { get; }

    public int Dimension { get; }

    public ImmutableArray<Person> People { get; }

    public int EncodingCount => _vectors.Length / Dimension;

    /// <summary>All vectors, in row-major order.</summary>
    public ReadOnlySpan<float> Vectors => _vectors;

    /// <summary>Returns the vectors of a person of this gallery, in row-major order.</summary>
    public ReadOnlySpan<float> VectorsOf(Person person) =>
        _vectors.AsSpan(person.FirstEncoding * Dimension, person.EncodingCount * Dimension);

    /// <summary>Returns the encodings of a person of this gallery.</summary>
    public IEnumerable<FaceEncoding> EncodingsOf(Person person) => Enumerable.Range(person.FirstEncoding, person.EncodingCount)
        .Select(row => FaceEncoding.Normalised(_vectors.AsSpan(row * Dimension, Dimension)));

    /// <summary>Computes the distance to a person's nearest encoding, 0 to 2; infinite if the person has no encodings.</summary>
    public float DistanceTo(Person person, FaceEncoding probe)
    {
        // Among unit vectors the nearest has the largest dot product, so one square root is enough.
        ReadOnlySpan<float> rows = VectorsOf(person);
        ReadOnlySpan<float> vector = probe.Vector;
        float best = float.NegativeInfinity;
        for (int at = 0; at < rows.Length; at += vector.Length)
            best = MathF.Max(best, TensorPrimitives.Dot(rows.Slice(at, vector.Length), vector));
        return best == float.NegativeInfinity ? float.PositiveInfinity : MathF.Sqrt(MathF.Max(0, 2 - (2 * best)));
    }

    /// <summary>Returns whether two galleries have equal content: revision, mark, people, badges, separated pairs and vectors.</summary>
    public bool IsSameAs(Gallery other) =>
        (Revision, Mark, Encoder, Dimension) == (other.Revision, other.Mark, other.Encoder, other.Dimension)
        && People.Length == other.People.Length && People.Zip(other.People).All(pair => pair.First.IsSameAs(pair.Second))
        && _byBadge.Count == other._byBadge.Count && _byBadge.All(badge => other._byBadge.TryGetValue(badge.Key, out BadgeOwner owner)
            && (owner.Person.Id, owner.State) == (badge.Value.Person.Id, badge.Value.State))
        && Separated.SequenceEqual(other.Separated)
        && _vectors.AsSpan().SequenceEqual(other._vectors);

    public override string ToString() => People.Length == 0
        ? $"revision {Revision}, nobody is enrolled yet: 'dooragent people add NAME --images DIR --badge next' enrols a person"
        : $"revision {Revision}, people {People.Length}, encodings {EncodingCount} ({Encoder})";

    public Person? Find(long personId) => _byId.GetValueOrDefault(personId);

    public BadgeOwner? Find(Badge badge) => _byBadge.TryGetValue(badge.Number, out BadgeOwner owner) ? owner : null;
}
