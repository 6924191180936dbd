using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Matching;

namespace DoorAgent.Evaluation;

/// <summary>Finds traps among the faces of a gallery: people whom the door confuses, and pictures of somebody else.</summary>
/// <param name="gallery">The gallery with each encoding as a row (<see cref="EncodingSource.ReadAll"/>).</param>
/// <param name="sources">The source of each row of the gallery.</param>
/// <param name="thresholds">Thresholds of the gallery's networks.</param>
/// <param name="most">The largest number of encodings that a person may have (People:MaxEncodings).</param>
/// <param name="margin">Matching:Margin.</param>
internal sealed class FaceAudit(Gallery gallery, IReadOnlyList<EncodingSource> sources, Thresholds thresholds, int most, float margin)
{
    /// <summary>Two pictures nearer than this are copies of one: two visits of a person are at least twice as far apart.</summary>
    private const float SamePicture = 0.2f;

    private readonly ILookup<long, SeparatedPair> _separated = gallery.Separated
        .SelectMany(pair => new[] { (pair.One, Pair: pair), (One: pair.Other, Pair: pair) }).ToLookup(one => one.One, one => one.Pair);

    private readonly int[] _personOfRow =
        [.. gallery.People.Index().SelectMany(one => Enumerable.Repeat(one.Index, one.Item.EncodingCount))];

    private AuditedPerson[] _people = [];
    private Templates?[] _templates = [];

    /// <summary>Finds everything.</summary>
    /// <param name="nearest">Who is nearest to whom; its people are those of the gallery, in their order.</param>
    public IReadOnlyList<AuditFinding> Find(NearestPeople nearest)
    {
        float joined = thresholds.SamePerson(), far = Math.Max(joined, thresholds.FarDistance);
        _people =
        [
            .. Enumerable.Range(0, gallery.People.Length).Select(index => AuditedPerson.Of(gallery, index, joined, far,
                row => nearest.OfRow(row)?.Distance ?? float.PositiveInfinity)),
        ];
        Return(nearest);
        _templates =
        [
            .. _people.Select(one => one.Own.Count == 0 ? null
                : new Templates([.. one.Own.Select(picture => EncodingOf(one, picture))], thresholds.Rule.Template)),
        ];
        AuditFinding[] wrong = [.. _people.SelectMany(person => person.Far.GroupBy(picture => OwnerOf(person, picture, joined, nearest))
            .Select(pictures => Wrong(person, [.. pictures], pictures.Key, nearest)))];
        return
        [
            .. wrong,
            .. Shared(nearest, wrong),
            .. nearest.Pairs.Where(pair => pair.Distance < far).Select(Pair).OfType<AuditFinding>(),
            .. gallery.Separated.SelectMany(TooSeparated),
            .. _people.Where(one => one.Person.EncodingCount <= 1).Select(one => new AuditFinding(
                one.Person.EncodingCount == 0 ? AuditKind.NoPicture : AuditKind.OnePicture, one.Person.Name)),
        ];
    }

    /// <summary>Returns pictures to their people that are near to somebody else only because that is where another picture of theirs is: of
    /// two such pictures the one that is farther from the people beside it is the wrong one.</summary>
    private void Return(NearestPeople nearest)
    {
        AuditedPerson[] before = [.. _people];
        foreach (AuditedPerson person in before)
        {
            int[] returned = [.. person.Far.Where(picture => nearest.OfRow(person.Person.FirstEncoding + picture) is { } other
                && before[PersonOf(other.Row)] is var owner && owner.Far.Contains(other.Row - owner.Person.FirstEncoding)
                && OwnDistance(person, picture) < OwnDistance(owner, other.Row - owner.Person.FirstEncoding))];
            if (returned.Length > 0)
                _people[person.Index] = person with { Own = [.. person.Own, .. returned], Far = [.. person.Far.Except(returned)] };
        }
    }

    /// <summary>Returns the distance of a person's picture to the nearest other one that shows the person; 0 without another.</summary>
    private float OwnDistance(AuditedPerson person, int picture) => person.Own.Where(own => own != picture)
        .Select(own => EncodingOf(person, picture).DistanceTo(EncodingOf(person, own))).DefaultIfEmpty(0).Min();

    /// <summary>Returns the index of the person whom a picture shows that is far from its person's; -1 where nobody is near.</summary>
    private int OwnerOf(AuditedPerson person, int picture, float joined, NearestPeople nearest) =>
        nearest.OfRow(person.Person.FirstEncoding + picture) is { } other && other.Distance < joined ? PersonOf(other.Row) : -1;

    private AuditFinding Wrong(AuditedPerson person, int[] pictures, int owner, NearestPeople nearest)
    {
        AuditFinding finding = new(AuditKind.WrongPicture, person.Person.Name)
        {
            Pictures = [.. pictures.Select(picture => picture + 1)],
            Distance = pictures.Min(picture => OwnDistance(person, picture)),
            IsUncertain = pictures.Length >= person.Own.Count,
        };
        if (owner < 0)
            return finding;
        (int Row, float Distance)[] there = [.. pictures.Select(picture => nearest.OfRow(person.Person.FirstEncoding + picture)!.Value)];
        return finding with
        {
            Other = gallery.People[owner].Name,
            OtherPictures = [.. there.Select(one => one.Row - gallery.People[owner].FirstEncoding + 1).Distinct()],
            Distance = there.Min(one => one.Distance),
            IsUncertain = false,
        };
    }

    /// <summary>Finds pictures that two people have; those that are already known to be wrong are not found again.</summary>
    private IEnumerable<AuditFinding> Shared(NearestPeople nearest, AuditFinding[] wrong)
    {
        HashSet<(string, string)> known = [.. wrong.Where(one => one.Other is not null)
            .SelectMany(one => new[] { (one.Person, one.Other!), (one.Other!, one.Person) })];
        Dictionary<string, int> firstRow = [];
        for (int row = 0; row < sources.Count; row++)
        {
            int other = firstRow.GetValueOrDefault(sources[row].Picture, row);
            firstRow.TryAdd(sources[row].Picture, row);
            bool isSameFile = PersonOf(other) != PersonOf(row);
            if (!isSameFile && nearest.OfRow(row) is { } near && near.Distance < SamePicture && near.Row < row)
                other = near.Row;
            (Person one, Person two) = (gallery.People[PersonOf(other)], gallery.People[PersonOf(row)]);
            if (one != two && !known.Contains((one.Name, two.Name)))
            {
                yield return new AuditFinding(AuditKind.SharedPicture, one.Name, two.Name)
                {
                    Pictures = [other - one.FirstEncoding + 1],
                    OtherPictures = [row - two.FirstEncoding + 1],
                    Distance = EncodingAt(other).DistanceTo(EncodingAt(row)),
                };
            }
        }
    }

    /// <summary>Judges two people by the pictures that show them; null where the door tells them apart.</summary>
    private AuditFinding? Pair(PeoplePair pair)
    {
        (AuditedPerson one, AuditedPerson other) = (_people[pair.One], _people[pair.Other]);
        (TakenPictures oneAsOther, TakenPictures otherAsOne) = (Taken(one, other), Taken(other, one));
        if (oneAsOther.Taken + otherAsOne.Taken == 0)
            return null;
        float strictest = thresholds.StrictestVerification(most);
        bool isSame = IsMostlyWithin(one, other, strictest) && IsMostlyWithin(other, one, strictest);
        (int picture, float distance) = one.Own.Select(own => (own, Distance(EncodingOf(one, own), other))).MinBy(found => found.Item2);
        return new AuditFinding(isSame ? AuditKind.SamePerson : AuditKind.LookAlike, one.Person.Name, other.Person.Name)
        {
            Pictures = [picture + 1],
            OtherPictures = [other.Own.MinBy(own => EncodingOf(one, picture).DistanceTo(EncodingOf(other, own))) + 1],
            Distance = distance,
            PersonAsOther = oneAsOther,
            OtherAsPerson = otherAsOne,
        };
    }

    /// <summary>Names two people, with the distance of the picture of one that is nearest to the other one, and the Matching:Fmr from which
    /// on the door takes it for the other one. Needs <see cref="Find"/> before.</summary>
    public NamedPair Named(PeoplePair pair)
    {
        (AuditedPerson one, AuditedPerson other) = (_people[pair.One], _people[pair.Other]);
        (float Distance, int Count)[] ways =
        [
            .. one.Own.Select(picture => (Distance(EncodingOf(one, picture), other), _templates[other.Index]!.Count)),
            .. other.Own.Select(picture => (Distance(EncodingOf(other, picture), one), _templates[one.Index]!.Count)),
        ];
        (float distance, int count) = ways.MinBy(way => way.Distance);
        return new NamedPair(one.Person.Name, other.Person.Name, distance, thresholds.ClaimRateAt(distance, count));
    }

    private bool IsMostlyWithin(AuditedPerson one, AuditedPerson other, float distance) =>
        2 * one.Own.Count(picture => Distance(EncodingOf(one, picture), other) < distance) >= one.Own.Count;

    /// <summary>Counts the pictures of a person that the door takes for another. For separated people a face must also be nearer to the
    /// other one than to the person, where the picture itself is not compared.</summary>
    private TakenPictures Taken(AuditedPerson person, AuditedPerson other)
    {
        float threshold = thresholds.Verification(_templates[other.Index]!.Count);
        SeparatedPair? pair = _separated[person.Person.Id].Cast<SeparatedPair?>()
            .FirstOrDefault(one => one!.Value.Beside(person.Person.Id) == other.Person.Id);
        return new TakenPictures(person.Own.Count(picture =>
        {
            float distance = Distance(EncodingOf(person, picture), other);
            return distance < threshold
                && (pair is not { } rule || (distance < rule.Distance && distance + margin <= OwnDistance(person, picture)));
        }), person.Own.Count);
    }

    /// <summary>Finds people who would no longer be recognised because of a separation.</summary>
    private IEnumerable<AuditFinding> TooSeparated(SeparatedPair pair)
    {
        (Person one, Person other) = (gallery.Find(pair.One)!, gallery.Find(pair.Other)!);
        if (one.EncodingCount == 0 || other.EncodingCount == 0)
            yield break;
        Separation now = Separation.Of([.. gallery.EncodingsOf(one)], [.. gallery.EncodingsOf(other)], thresholds, margin, pair.Distance);
        foreach ((Person person, Person beside, SeparatedSide side) in new[] { (one, other, now.One), (other, one, now.Other) })
        {
            if (side.IsTried && !side.IsRecognised)
            {
                yield return new AuditFinding(AuditKind.TooSeparated, person.Name, beside.Name)
                {
                    Distance = pair.Distance,
                    PersonAsOther = new TakenPictures(side.Accepted, side.Tried),
                };
            }
        }
    }

    private float Distance(FaceEncoding probe, AuditedPerson person) => _templates[person.Index]!.DistanceTo(probe);

    private FaceEncoding EncodingOf(AuditedPerson person, int picture) => EncodingAt(person.Person.FirstEncoding + picture);

    private FaceEncoding EncodingAt(int row) =>
        FaceEncoding.Normalised(gallery.Vectors.Slice(row * gallery.Dimension, gallery.Dimension));

    private int PersonOf(int row) => _personOfRow[row];
}
