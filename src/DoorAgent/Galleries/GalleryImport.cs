using System.Globalization;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Galleries;

/// <summary>What to do with people in an archive whose names are already enrolled.</summary>
internal enum OnSameName
{
    /// <summary>The import is refused.</summary>
    Refuse,

    /// <summary>The enrolled person stays unchanged.</summary>
    Keep,

    /// <summary>The person in the archive replaces the enrolled one, including badges.</summary>
    Replace,
}

/// <summary>The result of an import, by names.</summary>
/// <param name="Added">People who are new.</param>
/// <param name="Replaced">People who were replaced.</param>
/// <param name="Kept">People who stayed unchanged.</param>
/// <param name="Alike">For each person with a picture that looks like somebody else who is enrolled, a sentence.</param>
/// <param name="LeavesCrops">Whether kept faces were left out because this door keeps none.</param>
internal sealed record Imported(
    IReadOnlyList<string> Added, IReadOnlyList<string> Replaced, IReadOnlyList<string> Kept, IReadOnlyList<string> Alike, bool LeavesCrops);

/// <summary>Imports people from an archive into a gallery: checks everything first, then writes in one transaction.</summary>
/// <param name="gallery">The gallery.</param>
/// <param name="networks">Proven networks with the archive's encoder, for the rule of <see cref="RuleOf"/>.</param>
/// <param name="identifies">Whether this door compares faces with everybody.</param>
/// <param name="options">Checked options: how many encodings a person may have, and whether and how long faces are kept here.</param>
/// <param name="time">The clock.</param>
internal sealed class GalleryImport(GalleryFile gallery, LoadedNetworks networks, bool identifies, PeopleOptions options, TimeProvider time)
{
    /// <summary>Returns the rule of comparison after an import: the gallery's own, and for an empty gallery the archive's, whose centre
    /// belongs to another site.</summary>
    public static ComparisonRule RuleOf(GalleryFile gallery, GalleryArchive archive) =>
        gallery.Rule ?? archive.Rule with { IsCentred = false };

    /// <summary>Imports everybody in the archive.</summary>
    /// <exception cref="UserErrorException">The import is refused; the message lists the reasons. Nothing was written.</exception>
    public Imported Run(GalleryArchive archive, OnSameName onSameName)
    {
        EncoderIdentity inUse = EncoderIdentity.Of(networks.Pipeline);
        // First the stamp: whatever changes after it is found before anything is written.
        GalleryStamp before = gallery.Query(GalleryRows.ReadStamp);
        RequireSameEncoder(archive, inUse);
        RequireSameFlips(archive);
        Gallery? here = gallery.Encoder is null ? null : gallery.Read(inUse);
        Dictionary<string, Person> known = (here?.People ?? []).ToDictionary(person => PersonName.KeyOf(person.Name));
        ILookup<bool, Person> people = archive.Everybody.People.ToLookup(person => known.ContainsKey(PersonName.KeyOf(person.Name)));
        string[] both = [.. people[true].Select(person => person.Name)];
        if (both.Length > 0 && onSameName == OnSameName.Refuse)
        {
            throw new UserErrorException($"Already enrolled: {string.Join(", ", both)}. Nothing was written. With --keep the enrolled "
                + "people stay unchanged, with --replace those in the archive replace them.");
        }

        if (onSameName == OnSameName.Replace && Array.Find(both, name => known[PersonName.KeyOf(name)].Origin is not null) is { } ofFleet)
            throw GalleryOrigin.OfFleet(ofFleet);
        GalleryNames.RequireDistinct(people[false].Select(newcomer => PersonName.Written(newcomer.Name)),
            known.Values.Select(person => person.Name));
        Person[] coming = [.. onSameName == OnSameName.Keep ? people[false] : archive.Everybody.People];
        RequireFreeBadges(archive, coming);
        RequireCalibration(here, coming, both.Length > 0 && onSameName == OnSameName.Replace ? known : []);
        (string Words, bool IsMost)[] alike = [.. coming.Select(person => Alike(archive.Everybody, person, here)).OfType<(string, bool)>()];
        if (alike.Any(one => one.IsMost))
        {
            throw new UserErrorException($"{string.Join(", ", alike.Where(one => one.IsMost).Select(one => one.Words))}: "
                + "the badge of one would open for the other (one person under two names, or a twin?). "
                + "Nothing was written; export the others by name, or remove one of the two.");
        }

        if (coming.Length > 0)
        {
            RowCopy.Run(gallery, before, archive.GalleryFile, archive.Seal, new GalleryMethod(inUse, networks.Thresholds.Rule), coming, time.GetUtcNow(),
                options.KeepCrops ? time.GetUtcNow() + options.KeepCropsFor : null);
        }

        return new Imported(
            [.. people[false].Select(person => person.Name)], onSameName == OnSameName.Replace ? both : [],
            onSameName == OnSameName.Keep ? both : [],
            [.. alike.Select(one => one.Words)], LeavesCrops: !options.KeepCrops && archive.Manifest.Crops > 0);
    }

    private void RequireSameEncoder(GalleryArchive archive, EncoderIdentity inUse)
    {
        EncoderIdentity coming = archive.Manifest.Encoder;
        if (!coming.IsSameAs(inUse))
        {
            throw new UserErrorException($"The archive was made with a different {coming.Id} ({coming.Digest[..12]}, alignment "
                + $"{coming.Alignment}) than the one known here. Update dooragent on both machines, re-encode there and export again.");
        }

        if (gallery.Encoder is { } here && !here.IsSameAs(coming))
        {
            throw new UserErrorException($"The archive was made with the encoder {coming.Id}, and this gallery with {here.Id}: "
                + "their encodings cannot be compared. Change one encoder first: there with 'dooragent people re-encode --encoder "
                + $"{here.Id}' before the export, or here with 'dooragent people re-encode --encoder {coming.Id}'.");
        }
    }

    private void RequireSameFlips(GalleryArchive archive)
    {
        if (gallery.Rule is { } here && here.HasFlippedEncodings != archive.Rule.HasFlippedEncodings)
        {
            throw new UserErrorException($"The archive's encodings were made {GalleryRules.FlipWords(archive.Rule)}, and this gallery's "
                + $"{GalleryRules.FlipWords(here)}: they cannot be compared. Change one rule of comparison first: there with 'dooragent "
                + $"people rule {(archive.Rule with { Flip = here.Flip }).OfEncodings.Name}' before the export, or here with 'dooragent "
                + $"people rule {(here with { Flip = archive.Rule.Flip, IsCentred = false }).Name}'.");
        }
    }

    /// <summary>Refuses a badge that belongs to somebody else here: it would open for both.</summary>
    private void RequireFreeBadges(GalleryArchive archive, Person[] coming)
    {
        HashSet<string> names = [.. coming.Select(person => PersonName.KeyOf(person.Name))];
        Dictionary<Badge, string> owners = gallery.NumberedBadges.ToDictionary(entry => entry.Badge, entry => entry.Person);
        string[] taken =
        [
            .. archive.Badges.Where(entry => names.Contains(PersonName.KeyOf(entry.Person))
                && owners.TryGetValue(entry.Badge, out string? owner)
                && !names.Contains(PersonName.KeyOf(owner))).Select(entry =>
                    $"{entry.Badge.Hint} of {entry.Person} is {owners[entry.Badge]}'s here"),
        ];
        if (taken.Length > 0)
        {
            throw new UserErrorException($"A badge opens for one person, and {string.Join(", ", taken)}. Nothing was written; "
                + "remove the badge on one side ('dooragent badges remove').");
        }

    }

    private void RequireCalibration(Gallery? here, Person[] coming, Dictionary<string, Person> replaced)
    {
        if (coming.Length == 0)
            return;
        Person richest = coming.MaxBy(person => person.EncodingCount)!;
        if (richest.EncodingCount > options.MaxEncodings)
        {
            throw new UserErrorException($"{richest.Name} has {richest.EncodingCount} encodings, and People:MaxEncodings allows "
                + $"{options.MaxEncodings}. Nothing was written.");
        }

        _ = networks.Thresholds.Verification(Templates(richest));
        int leaving = coming.Sum(person => replaced.GetValueOrDefault(PersonName.KeyOf(person.Name))?.EncodingCount ?? 0);
        if (identifies)
            _ = networks.Thresholds.Identification((here?.EncodingCount ?? 0) - leaving + coming.Sum(Templates));
    }

    /// <summary>Returns the number of templates that a person of the archive has here.</summary>
    private int Templates(Person person) => PersonTemplate.Count(networks.Thresholds.Rule.Template, person.EncodingCount);

    /// <summary>Finds out whether a person looks like somebody enrolled here, at the distance at which enrolment rejects a picture. As in
    /// enrolment, half of the pictures are too many.</summary>
    private (string Words, bool IsMost)? Alike(Gallery archive, Person person, Gallery? here)
    {
        float strictest = networks.Thresholds.StrictestVerification(options.MaxEncodings);
        if (Found([]).MinBy(one => one.Distance) is not { } nearest)
            return null;
        // People who are separated, here or in the archive, stay separated, so that the badge of one does not open for the other.
        string[] separated = [.. PartnersOf(archive, person.Name), .. PartnersOf(here, person.Name)];
        HashSet<long> partners = [.. here!.People.Where(one => separated.Contains(PersonName.KeyOf(one.Name))).Select(one => one.Id)];
        LookAlike[] others = [.. Found(partners)];
        bool isMost = 2 * others.Length >= person.EncodingCount;
        LookAlike named = isMost ? others.MinBy(one => one.Distance)! : nearest;
        return (string.Create(CultureInfo.InvariantCulture, $"{person.Name} looks like {named.Person.Name}, who is enrolled (distance "
            + $"{named.Distance:0.000})"), isMost);

        // A picture whose nearest person is such a partner may look like a third person too.
        IEnumerable<LookAlike> Found(HashSet<long> without) => archive.EncodingsOf(person)
            .Select(encoding => LookAlike.Of(encoding, here, person.Name, without)).OfType<LookAlike>()
            .Where(one => one.Distance < strictest);
    }

    /// <summary>Returns the keys of the names of those from whom a person is separated in a gallery.</summary>
    private static IEnumerable<string> PartnersOf(Gallery? gallery, string name)
    {
        Person? self = gallery?.People.FirstOrDefault(person => PersonName.KeyOf(person.Name) == PersonName.KeyOf(name));
        return self is null ? [] : gallery!.Separated.Where(pair => pair.One == self.Id || pair.Other == self.Id)
            .Select(pair => PersonName.KeyOf(gallery.Find(pair.Beside(self.Id))!.Name));
    }
}
