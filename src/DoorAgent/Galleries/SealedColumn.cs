namespace DoorAgent.Galleries;

/// <summary>A column whose values a sealed gallery seals, and where the parts of a value's identity stand, as SQL on a row called
/// t.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Column">Name of the column.</param>
internal sealed record SealedColumn(string Table, string Column)
{
    public const string Encoding = "encoding.vector";
    public const string Centre = "centre.vector";
    public const string Crop = "crop.png";
    public const string PinDigest = "pin.digest";
    public const string DuressDigest = "pin.duress";
    public const string Badge = "badge.number";
    public const string FleetSecrets = "fleet.secrets";
    public const string FleetKeys = "fleet.keys";

    private bool HasPerson { get; init; } = true;

    private bool IsBadge { get; init; }

    private bool HasEncoder { get; init; }

    private string? Alignment { get; init; }

    private string Picture { get; init; } = "x''";

    /// <summary>All such columns.</summary>
    public static IReadOnlyList<SealedColumn> All { get; } =
    [
        new("encoding", "vector") { HasEncoder = true, Picture = "t.picture" },
        new("centre", "vector") { HasPerson = false, HasEncoder = true },
        new("crop", "png") { Alignment = "t.alignment", Picture = "t.picture" },
        new("pin", "digest"),
        new("pin", "duress"),
        new("badge", "number") { IsBadge = true },
        new("fleet", "secrets") { HasPerson = false },
        new("fleet", "keys") { HasPerson = false },
    ];

    /// <summary>Returns the SQL of a value's identity.</summary>
    /// <param name="schema">The database of the row: main, or an attached one.</param>
    /// <param name="person">The person's row id, where it is not the row's own.</param>
    /// <param name="badge">The badge's row id, where it is not the row's own.</param>
    public string Identity(string schema, string person = "t.person", string badge = "t.id") =>
        $"identity('{Table}.{Column}', {(HasPerson ? person : "0")}, {(IsBadge ? badge : "0")}, {OfEncoder(schema, "sha256", "x''")}, "
        + $"{Alignment ?? OfEncoder(schema, "alignment", "0")}, {Picture})";

    /// <summary>Says what to do when the seal of a value in a column is broken.</summary>
    public static string Advice(string column) => column is FleetSecrets or FleetKeys
        ? "Restore a good copy, or let the door leave its fleet and join again ('dooragent fleet leave', 'dooragent fleet join')."
        : "Restore a good copy, or remove that person and enrol them again.";

    private string OfEncoder(string schema, string column, string none) =>
        HasEncoder ? $"(SELECT {column} FROM {schema}.encoder e WHERE e.id = t.encoder)" : none;

    /// <summary>Says what a value of a column is, for messages; <paramref name="column"/> has the form table.column.</summary>
    public static string Words(string column) => column switch
    {
        Encoding => "an encoding",
        Centre => "the centre of the site",
        Crop => "a kept face",
        PinDigest => "the PIN",
        DuressDigest => "the duress PIN",
        FleetSecrets => "the door's own keys in its fleet",
        FleetKeys => "the keys of the door's group",
        _ => "a badge number",
    };
}
