using System.Globalization;

namespace DoorAgent.Galleries;

/// <summary>What a change of the encoder would do.</summary>
/// <param name="Stamp">Version of the gallery that the plan was made for.</param>
/// <param name="Pictures">All pictures of everybody, ordered by name.</param>
internal sealed record ReEncodingPlan(GalleryStamp Stamp, IReadOnlyList<PictureToEncode> Pictures)
{
    private readonly IGrouping<string, PictureToEncode>[] _people = [.. Pictures.GroupBy(picture => picture.Name)];

    /// <summary>Pictures to encode from their kept crops.</summary>
    public IReadOnlyList<PictureToEncode> Work { get; } = [.. Pictures.Where(picture => picture is { IsEncoded: false, HasCrops: true })];

    /// <summary>How many encodings each person would have.</summary>
    public IReadOnlyList<int> Counts => [.. _people.Select(person => person.Count(picture => picture.CanBeEncoded))];

    /// <summary>People who would have no encoding.</summary>
    public IReadOnlyList<string> Without =>
        [.. _people.Where(person => !person.Any(picture => picture.CanBeEncoded)).Select(person => person.Key)];

    /// <summary>People who would have fewer encodings than now, with both numbers.</summary>
    public IReadOnlyList<string> Fewer => [.. _people.Select(InWords).OfType<string>()];

    private static string? InWords(IGrouping<string, PictureToEncode> person)
    {
        int can = person.Count(picture => picture.CanBeEncoded);
        return can > 0 && can < person.Count() ? string.Create(CultureInfo.InvariantCulture, $"{person.Key} ({can} of {person.Count()})")
            : null;
    }
}
