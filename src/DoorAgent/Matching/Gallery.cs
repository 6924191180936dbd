using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using DoorAgent.Networks;

namespace DoorAgent.Matching;

/// <summary>
/// The enrolled people at one revision. Immutable; the templates of all people lie in one array, and each person's templates are
/// contiguous. Templates are made when the file is read (<see cref="PersonTemplate"/>), already centred where the rule is centred: only
/// the probe is centred at a comparison.
/// </summary>
internal sealed class Gallery
{
    private readonly FrozenDictionary<long, Person> _byId;
    private readonly FrozenDictionary<string, BadgeOwner> _byBadge;
    private readonly float[] _vectors;

    /// <param name="revision">The gallery file's revision.</param>
    /// <param name="encoder">Catalogue id of the encoder of the vectors.</param>
    /// <param name="dimension">Length of one vector.</param>
    /// <param name="people">All people; their templates lie in the same order in <paramref name="vectors"/>.</param>
    /// <param name="badges">Badge number to owner and state.</param>
    /// <param name="vectors">The templates, unit vectors one after the other; not copied.</param>
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

    /// <summary>Keyed digest of all rows in hexadecimal; null for an open gallery.</summary>
    public string? Digest { get; init; }

    /// <summary>Identity of the key with which the gallery is sealed; null for an open gallery.</summary>
    public string? KeyId { get; init; }

    /// <summary>The state of the file that was read.</summary>
    public GalleryHead Head => new(Revision, Mark, Digest, KeyId);

    /// <summary>Pairs of people who look alike and have a rule of their own.</summary>
    public ImmutableArray<SeparatedPair> Separated { get; init; } = [];

    public string Encoder { get; }

    /// <summary>How faces are compared with these people.</summary>
    public ComparisonRule Rule { get; init; } = ComparisonRule.Nearest;

    /// <summary>The centre that was subtracted from the templates and is subtracted from a probe; null for a rule without one.</summary>
    public EncodingCentre? Centre { get; init; }

    public int Dimension { get; }

    public ImmutableArray<Person> People { get; }

    /// <summary>Number of templates of all people.</summary>
    public int EncodingCount => _vectors.Length / Dimension;

    /// <summary>All templates, in row-major order.</summary>
    public ReadOnlySpan<float> Vectors => _vectors;

    /// <summary>Returns the templates of a person of this gallery, in row-major order.</summary>
    public ReadOnlySpan<float> VectorsOf(Person person) =>
        _vectors.AsSpan(person.FirstEncoding * Dimension, person.EncodingCount * Dimension);

    /// <summary>Returns the templates of a person of this gallery.</summary>
    public IEnumerable<FaceEncoding> EncodingsOf(Person person) => Enumerable.Range(person.FirstEncoding, person.EncodingCount)
        .Select(row => FaceEncoding.Normalised(_vectors.AsSpan(row * Dimension, Dimension)));

    /// <summary>Prepares a probe for comparisons with this gallery: subtracts the centre, if there is one.</summary>
    /// <param name="probe">The encoding of a face as the encoder made it.</param>
    /// <param name="room">Memory for <see cref="Dimension"/> numbers, which the result may use.</param>
    public ReadOnlySpan<float> Prepare(FaceEncoding probe, Span<float> room)
    {
        if (Centre is null)
            return probe.Vector;
        Centre.Apply(probe.Vector, room);
        return room;
    }

    /// <summary>Computes the distance to a person's nearest template, 0 to 2; infinite if the person has none.</summary>
    public float DistanceTo(Person person, FaceEncoding probe) => DistanceTo(person, Prepare(probe, stackalloc float[Dimension]));

    /// <summary>Computes the distance to a person's nearest template, 0 to 2; infinite if the person has none.</summary>
    /// <param name="person">A person of this gallery.</param>
    /// <param name="prepared">A probe from <see cref="Prepare"/>, or a template of this gallery.</param>
    public float DistanceTo(Person person, ReadOnlySpan<float> prepared)
    {
        // Among unit vectors the nearest has the largest dot product, so one square root is enough.
        ReadOnlySpan<float> rows = VectorsOf(person);
        float best = float.NegativeInfinity;
        for (int at = 0; at < rows.Length; at += prepared.Length)
            best = MathF.Max(best, TensorPrimitives.Dot(rows.Slice(at, prepared.Length), prepared));
        return best == float.NegativeInfinity ? float.PositiveInfinity : FaceEncoding.DistanceOf(best);
    }

    /// <summary>Computes the distance between the nearest templates of two people of this gallery, 0 to 2; infinite if one has
    /// none.</summary>
    public float DistanceBetween(Person one, Person other)
    {
        ReadOnlySpan<float> rows = VectorsOf(one);
        float nearest = float.PositiveInfinity;
        for (int at = 0; at < rows.Length; at += Dimension)
            nearest = MathF.Min(nearest, DistanceTo(other, rows.Slice(at, Dimension)));
        return nearest;
    }

    /// <summary>Returns whether two galleries have equal content: revision, mark, rule, people, badges, separated pairs and
    /// templates.</summary>
    public bool IsSameAs(Gallery other) =>
        (Revision, Mark, Encoder, Dimension, Rule) == (other.Revision, other.Mark, other.Encoder, other.Dimension, other.Rule)
        && (Centre is null ? [] : Centre.Vector).SequenceEqual(other.Centre is null ? [] : other.Centre.Vector)
        && People.Length == other.People.Length && People.Zip(other.People).All(pair => pair.First.IsSameAs(pair.Second))
        && _byBadge.Count == other._byBadge.Count && _byBadge.All(badge => other._byBadge.TryGetValue(badge.Key, out BadgeOwner owner)
            && (owner.Person.Id, owner.State) == (badge.Value.Person.Id, badge.Value.State))
        && Separated.SequenceEqual(other.Separated)
        && _vectors.AsSpan().SequenceEqual(other._vectors);

    public override string ToString() => People.Length == 0
        ? $"revision {Revision}, nobody is enrolled yet: 'dooragent people add NAME --images DIR --badge next' enrols a person"
        : $"revision {Revision}, people {People.Length}, {(Rule.Template == TemplateKind.Nearest ? "encodings" : "templates")} "
            + $"{EncodingCount} ({Encoder}{(Rule == ComparisonRule.Nearest ? "" : $", {Rule.Words}")})";

    public Person? Find(long personId) => _byId.GetValueOrDefault(personId);

    public BadgeOwner? Find(Badge badge) => _byBadge.TryGetValue(badge.Number, out BadgeOwner owner) ? owner : null;
}
