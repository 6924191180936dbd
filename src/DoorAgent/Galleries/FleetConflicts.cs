using DoorAgent.Fleet;
using DoorAgent.Hardware.Badges;
using DoorAgent.Networks;
using DoorAgent.Storage;

namespace DoorAgent.Galleries;

/// <summary>Judges a person of the fleet beside the people who are here: the same rules as for somebody who is enrolled at the door. The
/// reasons contain no names and no badge numbers, because they leave the door.</summary>
internal sealed class FleetConflicts : IDisposable
{
    private readonly GalleryConnection _connection;
    private readonly GallerySeal _seal;
    private readonly DoorCapability _door;
    private readonly PreparedStatement _owner;
    private (long Row, EncoderIdentity Encoder)? _encoder;
    private bool? _hasFlips;
    private NameIndex? _names;

    /// <param name="connection">The gallery, within a change.</param>
    /// <param name="door">What this door can use.</param>
    public FleetConflicts(GalleryConnection connection, DoorCapability door)
    {
        (_connection, _seal, _door) = (connection, connection.Seal, door);
        _owner = new PreparedStatement(connection, "SELECT person FROM badge WHERE lookup = $lookup", "$lookup");
        if (!GalleryEncoders.HasEncodings(connection))
            return;
        _encoder = (Sqlite.Number(connection, "SELECT active_encoder FROM gallery"), GalleryRows.ReadEncoder(connection)!);
        _hasFlips = GalleryRules.Read(connection, connection.Path)?.HasFlippedEncodings;
    }

    /// <summary>The gallery's encoder and its row id; null while nobody has an encoding.</summary>
    public (long Row, EncoderIdentity Encoder)? Encoder => _encoder;

    /// <summary>The names of everybody; read when the first one is asked for.</summary>
    public NameIndex Names => _names ??= new NameIndex(_connection);

    /// <summary>Returns why a person cannot be at this door, whoever else is here; null where they can.</summary>
    public string? OfPerson(FleetPerson person)
    {
        try
        {
            if (PersonName.Parse(person.Name).Text != person.Name)
                return "the name is not in Unicode's composed form";
        }
        catch (UserErrorException)
        {
            // The message repeats the name.
            return "the name has characters that a door does not take, because they are invisible or look like others";
        }

        return person.Encodings.Count > _door.MostEncodings
            ? FormattableString.Invariant($"the person has {person.Encodings.Count} encodings, and People:MaxEncodings allows {_door.MostEncodings} here")
            : person.Encodings.Count > 0 && OfEncoder(person.Encoder!) is { } other ? other
            : _door.OfHours(person);
    }

    /// <summary>Returns why a person cannot be beside the others; null where they can.</summary>
    /// <param name="person">The person.</param>
    /// <param name="self">The person's row id; null where they are not here.</param>
    public string? WithOthers(FleetPerson person, long? self)
    {
        foreach (string badge in person.Badges)
        {
            if (_owner.Scalar(_seal.Lookup(Badge.TryParse(badge)!)) is long owner && owner != self)
                return FormattableString.Invariant($"a badge of the person belongs to {{person {owner}}} here, and a badge opens for one person");
        }

        return Names.Confusable(person.Name, self) is { } alike
            ? FormattableString.Invariant($"the name is that of {{person {alike}}} here, or looks like it") : null;
    }

    /// <summary>Forgets the name of somebody who is removed.</summary>
    public void Forget(long person) => _names?.Remove(person);

    /// <summary>Makes the encoder of a person whom <see cref="OfPerson"/> accepted that of a gallery in which nobody has an encoding
    /// yet.</summary>
    public void Begin(FleetPerson person)
    {
        if (_encoder is not null || person is not { Encodings.Count: > 0, Encoder: { } encoder })
            return;
        ComparisonRule rule = ComparisonRule.Parse(encoder.Rule)!;
        long row = GalleryRules.Begin(_connection, new GalleryMethod(IdentityOf(encoder), rule));
        (_encoder, _hasFlips) = ((row, IdentityOf(encoder)), rule.HasFlippedEncodings);
    }

    public void Dispose() => _owner.Dispose();

    private string? OfEncoder(FleetEncoder encoder) =>
        encoder.Dimension < GalleryRows.LeastDimension ? "the encodings have an impossible dimension"
        : ComparisonRule.Parse(encoder.Rule) is not { } rule ? "the encodings are made for a rule of comparison that this program does not know"
        : _encoder is not { } here
            ? IsOtherDimension(encoder) ? "the encodings have another dimension than this door knows of their encoder"
                : _door.WhyUnusable(new GalleryMethod(IdentityOf(encoder), rule))
        : !here.Encoder.IsSameAs(IdentityOf(encoder))
            ? $"the encodings are made with the encoder {IdentityOf(encoder).Id} ({encoder.Digest[..12]}, alignment {encoder.Alignment}), and this door's "
                + $"gallery has {here.Encoder.Id} ({here.Encoder.Digest[..12]}, alignment {here.Encoder.Alignment})"
        : _hasFlips != rule.HasFlippedEncodings
            ? $"the encodings are made {GalleryRules.FlipWords(rule)}, and those of this door's gallery are not" : null;

    // A gallery keeps the encoders of people who are gone.
    private bool IsOtherDimension(FleetEncoder encoder) => Sqlite.Number(_connection,
        "SELECT EXISTS (SELECT * FROM encoder WHERE sha256 = $sha256 AND alignment = $alignment AND dimension <> $dimension)",
        ("$sha256", Convert.FromHexString(encoder.Digest)), ("$alignment", encoder.Alignment), ("$dimension", encoder.Dimension)) == 1;

    private static EncoderIdentity IdentityOf(FleetEncoder encoder) => new(encoder.Name, encoder.Digest, encoder.Alignment, encoder.Dimension);
}
