using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Evaluation;

/// <summary>
/// A set whose people are divided by lot: half may be enrolled, and the others are strangers to whom the door must not open. Those with
/// several pictures are divided for themselves and are enrolled first, because only they have a picture left to be recognised by.
/// </summary>
internal sealed class OpenSet
{
    // As the guide recommends for enrolment.
    private const int EncodingsOfAPerson = 3;

    private readonly EncodedSet _set;
    private readonly string _encoder;
    private readonly int[] _candidates, _strangers;
    private readonly int[] _rows;

    /// <param name="set">The encodings.</param>
    /// <param name="encoder">Catalogue id of the encoder.</param>
    /// <param name="seed">Start of the draw.</param>
    public OpenSet(EncodedSet set, string encoder, int seed)
    {
        (_set, _encoder) = (set, encoder);
        Random random = new(seed);
        int[][] parts = [.. Enumerable.Range(0, set.People.Count).Where(person => set.CountOf[person] > 0)
            .GroupBy(person => set.CountOf[person] > 1).OrderByDescending(part => part.Key).Select(part => part.ToArray())];
        foreach (int[] part in parts)
            random.Shuffle(part);
        _candidates = [.. parts.SelectMany(part => part.Take((part.Length + 1) / 2))];
        _strangers = [.. parts.SelectMany(part => part.Skip((part.Length + 1) / 2))];
        // The pictures of each person in the order of the draw: the first ones are enrolled.
        _rows = [.. Enumerable.Range(0, set.Rows)];
        foreach (int person in _candidates)
        {
            (int first, int count) = set.RowsOf(person);
            random.Shuffle(_rows.AsSpan(first, count));
        }
    }

    /// <summary>The largest possible gallery.</summary>
    public int Candidates => _candidates.Length;

    /// <summary>Compares the pictures of the enrolled people that are not enrolled, and all pictures of the strangers, with a
    /// gallery.</summary>
    /// <param name="people">Number of enrolled people, 1 to <see cref="Candidates"/>.</param>
    /// <param name="thresholds">The product's thresholds for these networks, and the rule of comparison for which they hold.</param>
    /// <param name="options">The product's options.</param>
    /// <exception cref="UserErrorException">The calibration does not support a gallery of this size.</exception>
    public IdentificationTrial Try(int people, Thresholds thresholds, MatchingOptions options)
    {
        Gallery gallery = GalleryOf(people, thresholds.Rule);
        FaceMatcher matcher = new(gallery, thresholds, options, identifies: true);
        Tally tally = new();
        for (int i = 0; i < people; i++)
        {
            (int first, int count) = _set.RowsOf(_candidates[i]);
            for (int at = EnrolledOf(count); at < count; at++)
                tally.AddEnrolled(matcher, gallery.People[i], Encoding(_rows[first + at]));
        }

        foreach (int stranger in _strangers)
        {
            (int first, int count) = _set.RowsOf(stranger);
            tally.AddStranger(matcher, gallery, Enumerable.Range(first, count).Select(Encoding));
        }

        return new IdentificationTrial(people, gallery.EncodingCount, options.Fpir, options.Fmr, options.Margin,
            thresholds.Identification(gallery.EncodingCount), MeasuredRate.Of(tally.Taken, tally.OfStrangers),
            MeasuredRate.Of(tally.StrangersTaken, _strangers.Length), MeasuredRate.Of(tally.Missed, tally.OfEnrolled),
            MeasuredRate.Of(tally.TakenForAnother, tally.OfEnrolled), MeasuredRate.Of(tally.WrongClaims, (long)tally.OfStrangers * people),
            MeasuredRate.Of(tally.RefusedClaims, tally.OfEnrolled), thresholds.Rule.Name);
    }

    private Gallery GalleryOf(int people, ComparisonRule rule)
    {
        List<Person> enrolled = [];
        List<float> vectors = [];
        foreach (int candidate in _candidates.Take(people))
        {
            (int first, int count) = _set.RowsOf(candidate);
            float[] encodings = [.. Enumerable.Range(first, EnrolledOf(count)).SelectMany(at => _set.Vector(_rows[at]).ToArray())];
            float[] templates = PersonTemplate.Of(rule.Template, encodings, _set.Dimension);
            enrolled.Add(new Person(enrolled.Count + 1, _set.People[candidate], IsEnabled: true, IsExtended: false, "always",
                vectors.Count / _set.Dimension, templates.Length / _set.Dimension));
            vectors.AddRange(templates);
        }

        return new Gallery(1, _encoder, _set.Dimension, [.. enrolled], new Dictionary<string, BadgeOwner>(), [.. vectors]) { Rule = rule };
    }

    private static int EnrolledOf(int count) => Math.Clamp(count - 1, 1, EncodingsOfAPerson);

    private FaceEncoding Encoding(int row) => FaceEncoding.Normalised(_set.Vector(row));

    /// <summary>What was counted so far.</summary>
    private sealed class Tally
    {
        public int OfEnrolled { get; private set; }

        public int Missed { get; private set; }

        public int TakenForAnother { get; private set; }

        public int RefusedClaims { get; private set; }

        public int OfStrangers { get; private set; }

        public int Taken { get; private set; }

        public int StrangersTaken { get; private set; }

        public int WrongClaims { get; private set; }

        public void AddEnrolled(FaceMatcher matcher, Person person, FaceEncoding probe)
        {
            OfEnrolled++;
            FaceMatch? found = matcher.Identify(probe);
            if (found is not { IsMatch: true } match || match.PersonId != person.Id)
                Missed++;
            if (found is { IsMatch: true } other && other.PersonId != person.Id)
                TakenForAnother++;
            if (!matcher.Verify(person, probe).IsMatch)
                RefusedClaims++;
        }

        public void AddStranger(FaceMatcher matcher, Gallery gallery, IEnumerable<FaceEncoding> probes)
        {
            int before = Taken;
            foreach (FaceEncoding probe in probes)
            {
                OfStrangers++;
                if (matcher.Identify(probe) is { IsMatch: true })
                    Taken++;
                foreach (Person person in gallery.People)
                {
                    if (matcher.Verify(person, probe).IsMatch)
                        WrongClaims++;
                }
            }

            if (Taken > before)
                StrangersTaken++;
        }
    }
}
