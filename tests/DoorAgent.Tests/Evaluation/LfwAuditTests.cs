using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Evaluation;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Tests.Matching;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

/// <summary>Audits of a gallery of people of LFW's View 1, who were enrolled by the product's own rules, and of traps planted into
/// it.</summary>
[Slow]
public sealed class LfwAuditTests(LfwAuditTests.Enrolled people, ITestOutputHelper output) : IClassFixture<LfwAuditTests.Enrolled>
{
    [Fact]
    public void TheCleanGalleryHasNoFinding() => Assert.Empty(Audit(people.Everybody));

    [Fact]
    public void EveryPictureOfSomebodyElseIsFoundWhoeverItShows()
    {
        int known = 0, strangers = 0, planted = 0;
        for (int person = 0; person < people.Everybody.Length; person++)
        {
            for (int of = 1; of <= 12; of++)
            {
                int other = (person + (of * 7)) % people.Everybody.Length;
                if (other == person)
                    continue;
                // Another picture of somebody enrolled, and a picture of somebody who is not.
                FaceEncoding[][] asKnown = [.. people.Everybody];
                asKnown[person] = [.. people.Everybody[person], people.Everybody[other][^1]];
                asKnown[other] = people.Everybody[other][..^1];
                known += IsFoundAlone(asKnown, person, asKnown[other].Length >= 1) ? 1 : 0;
                FaceEncoding[][] asStranger = [.. asKnown.Where((_, i) => i != other)];
                strangers += IsFoundAlone(asStranger, person > other ? person - 1 : person, false) ? 1 : 0;
                planted++;
            }
        }

        output.WriteLine($"{planted} planted pictures of enrolled people, found {known}; of strangers, found {strangers}");
        Assert.Equal(planted, known);
        // A stranger who happens to be as near to the mean as one in ten thousand is taken for a poor picture.
        Assert.InRange(strangers, planted - 2, planted);
    }

    [Fact]
    public void EveryPersonUnderTwoNamesIsFoundAndNobodyElse()
    {
        for (int person = 0; person < people.Everybody.Length; person++)
        {
            if (people.Everybody[person].Length < 4)
                continue;
            FaceEncoding[] all = people.Everybody[person];
            FaceEncoding[][] twice = [.. people.Everybody, all[..(all.Length / 2)]];
            twice[person] = all[(all.Length / 2)..];
            IReadOnlyList<AuditFinding> found = Audit(twice);
            Assert.Contains(found, one => one.Kind is AuditKind.SamePerson or AuditKind.LookAlike
                && (one.Person, one.Other) == (Name(person), Name(twice.Length - 1)));
            // A picture that only the other half of the pictures joins may be found too.
            Assert.All(found, one => Assert.Contains(one.Person, new[] { Name(person), Name(twice.Length - 1) }));
        }
    }

    [Fact]
    public void EveryPictureOfTwoPeopleIsFound()
    {
        for (int person = 0; person + 1 < people.Everybody.Length; person++)
        {
            FaceEncoding[][] shared = [.. people.Everybody];
            shared[person + 1] = [.. shared[person + 1], shared[person][0]];
            AuditFinding found = Assert.Single(Audit(shared));
            Assert.Equal((AuditKind.WrongPicture, Name(person + 1), Name(person)), (found.Kind, found.Person, found.Other));
            Assert.Equal(0, found.Distance!.Value, 1e-3f);
        }
    }

    /// <summary>A face between two people: as a twin would be, near to one of them, and with the light and pose of another.</summary>
    [Fact]
    public void EveryLookAlikeIsFound()
    {
        for (int person = 0; person < people.Everybody.Length; person++)
        {
            FaceEncoding[] own = people.Everybody[person], light = people.Everybody[(person + 1) % people.Everybody.Length];
            FaceEncoding[] twin = [.. own.Take(3).Select((encoding, i) => Between(encoding, light[i % light.Length], 0.62f))];
            FaceEncoding[][] twins = [.. people.Everybody, twin];
            Assert.Contains(Audit(twins), found => found.Kind is AuditKind.LookAlike or AuditKind.SamePerson
                && found.Person == Name(person) && found.Other == Name(twins.Length - 1));
        }
    }

    private bool IsFoundAlone(FaceEncoding[][] gallery, int person, bool isEnrolled)
    {
        AuditFinding[] found = [.. Audit(gallery).Where(finding => finding.Kind != AuditKind.OnePicture)];
        if (found is [{ Kind: AuditKind.WrongPicture } one] && one.Person == Name(person) && (!isEnrolled || one.Other is not null)
            && one.Pictures is [var picture] && picture == gallery[person].Length)
            return true;
        output.WriteLine($"{Name(person)}: {string.Join("; ", found.Select(each => $"{each.Kind} {each.Person} {each.Other}"))}");
        return false;
    }

    private static FaceEncoding Between(FaceEncoding one, FaceEncoding other, float share)
    {
        float[] mixed = new float[one.Dimension];
        for (int i = 0; i < mixed.Length; i++)
            mixed[i] = (share * one.Vector[i]) + ((1 - share) * other.Vector[i]);
        return FaceEncoding.Normalised(mixed);
    }

    private static string Name(int person) => $"person {person + 1}";

    private IReadOnlyList<AuditFinding> Audit(FaceEncoding[][] encodings)
    {
        Gallery gallery = TestGallery.Of(encodings, people.Dimension);
        EncodedSet set = new([.. gallery.People.Select(person => person.Name)],
            [.. gallery.People.Index().SelectMany(one => Enumerable.Repeat(one.Index, one.Item.EncodingCount))],
            gallery.Vectors.ToArray(), gallery.Dimension);
        EncodingSource[] sources = [.. Enumerable.Range(0, gallery.EncodingCount).Select(row => new EncodingSource($"{row}", default))];
        return new FaceAudit(gallery, sources, people.Thresholds, 10, 0.1f).Find(NearestPeople.Of(set, 1000));
    }

    /// <summary>The encodings of people with at least three pictures, without pictures and people that enrolment refuses.</summary>
    public sealed class Enrolled
    {
        private const int LeastPictures = 3;

        public Enrolled()
        {
            string root = Shared.Need("faces/lfw-view1");
            using FacePipeline pipeline = TestNetworks.Strong();
            Thresholds = FacePipelineFactory.ThresholdsOf(pipeline, new MatchingOptions());
            Dimension = pipeline.Dimension;
            EnrolmentJudge judge = new(PictureReading.With(pipeline, PictureUse.Recognise), Thresholds, 10, LeastPictures);
            Everybody =
            [
                .. Directory.GetDirectories(root).Order(StringComparer.Ordinal).Select(folder => Enrol(judge, folder))
                    .OfType<FaceEncoding[]>(),
            ];
        }

        internal FaceEncoding[][] Everybody { get; }

        internal Thresholds Thresholds { get; }

        internal int Dimension { get; }

        private static FaceEncoding[]? Enrol(EnrolmentJudge judge, string folder)
        {
            string[] files = [.. Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal)];
            if (files.Length < LeastPictures)
                return null;
            try
            {
                return [.. judge.Judge(Path.GetFileName(folder), files, [], null, null).Pictures.Select(picture => picture.Encoding)];
            }
            catch (UserErrorException)
            {
                // Too few pictures of this person are good.
                return null;
            }
        }
    }
}
