using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Faces;
using DoorAgent.Galleries;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Operating;
using DoorAgent.Tests.Galleries;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Enrolment;

/// <summary>Upgrades a gallery that was made with the encoder that an earlier version had built in. Without such an encoder in the
/// catalogue these tests have nothing to do.</summary>
public sealed class FormerGalleryTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void TheDoorGoesOnWithItsEncoderAndTheDetectorOfItsTime()
    {
        if (Former() is not { } former)
            return;
        using GalleryFile file = Enrolled(former);
        Assert.Equal((former.Formerly, former.Id), (file.Encoder!.Name, file.Encoder.Id));
        Assert.Equal(former.Id, GalleryEncoders.ActiveName(_file.Path));
        using FacePipeline pipeline = GalleryPipeline.Open(TestNetworks.BuiltInOnly, new FaceOptions(), new EncodingOptions(), file);
        Assert.Equal(former.Id, pipeline.EncoderId);
        Assert.True(Catalogue.Embedded.IsOrWas(pipeline.DetectorId, Catalogue.BuiltInDetector));
        LoadedNetworks networks = FacePipelineFactory.WithThresholds(pipeline, new MatchingOptions(), file.Rule);
        Gallery gallery = file.Read(EncoderIdentity.Of(pipeline));
        networks.Thresholds.EnsureOneCanMatch(identifies: true);
        Assert.Equal((former.Id, 6), (gallery.Encoder, gallery.EncodingCount));
    }

    [Fact]
    public void ASitesDistanceOfBeforeTheUpgradeHolds()
    {
        if (Former() is not { } former)
            return;
        MatchingOptions options = new() { SiteDistance = 0.5, SiteEvidence = "door-encoder door-detector nearest: 25 people" };
        if (Catalogue.Embedded.Entries.First(entry => entry.Formerly == Catalogue.BuiltInEncoder) == former)
            options.EnsureSiteFits(former.Id, Catalogue.Embedded.DetectorFor(former, Catalogue.BuiltInDetector).Id, "nearest");
        Assert.Contains("was measured with", Assert.Throws<UserErrorException>(
            () => options.EnsureSiteFits(Catalogue.BuiltInEncoder, "door-detector", "nearest")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheStartSaysWhatToDo()
    {
        if (Former() is not { } former)
            return;
        Assert.Contains("'dooragent people re-encode --encoder door-encoder'", StartupSummary.NoteOfFormer(former.Id),
            StringComparison.Ordinal);

        Assert.Null(StartupSummary.NoteOfFormer(Catalogue.BuiltInEncoder));
        Assert.Null(StartupSummary.NoteOfFormer("mobilefacenet"));
    }

    [Fact]
    public void KeptFacesChangeToTheBuiltInEncoderAndTheWayBackIsOpen()
    {
        if (Former() is not { } former)
            return;
        using GalleryFile file = Enrolled(former);
        float[] before = Vectors(file, former.Id);
        Assert.Equal(6, Change(file, Catalogue.BuiltInEncoder).Work.Count);
        Assert.Equal((Catalogue.BuiltInEncoder, Catalogue.Embedded.Find(Catalogue.BuiltInEncoder).Sha256),
            (file.Encoder!.Id, file.Encoder.Digest));
        Assert.Empty(Change(file, former.Id).Work);
        Assert.Equal(before, Vectors(file, former.Id));
    }

    [Fact]
    public void WithoutKeptFacesEverybodyIsNamedAndNothingChanges()
    {
        if (Former() is not { } former)
            return;
        using GalleryFile file = Enrolled(former, keeps: false);
        string why = Assert.Throws<UserErrorException>(() => Change(file, Catalogue.BuiltInEncoder)).Message;
        Assert.Contains("dooragent people pictures 'adam' --images DIR", why, StringComparison.Ordinal);
        Assert.Equal(former.Id, file.Encoder!.Id);
    }

    /// <summary>The encoder that was built in last; null if none was.</summary>
    private static CatalogueEntry? Former() =>
        Catalogue.Embedded.Entries.LastOrDefault(entry => entry.Formerly == Catalogue.BuiltInEncoder);

    private static FacePipeline Open(string encoder) => FacePipelineFactory.Open(TestNetworks.BuiltInOnly, new FaceOptions(), encoder);

    private static float[] Vectors(GalleryFile file, string encoder)
    {
        using FacePipeline pipeline = Open(encoder);
        return file.Read(EncoderIdentity.Of(pipeline)).Vectors.ToArray();
    }

    private static ReEncodingPlan Change(GalleryFile file, string encoder)
    {
        using FacePipeline pipeline = Open(encoder);
        ReEncoder change = new(file, FacePipelineFactory.WithThresholds(pipeline, new MatchingOptions(), file.Rule), identifies: false,
            MadeGalleryFile.Time);
        ReEncodingPlan plan = change.Plan(withoutThem: false);
        change.Run(plan, dropsOld: false, null);
        return plan;
    }

    /// <summary>Makes a gallery as the earlier version did, with the name that its encoder had then.</summary>
    private GalleryFile Enrolled(CatalogueEntry former, bool keeps = true)
    {
        GalleryFile file = _file.Open();
        using FacePipeline pipeline = Open(former.Id);
        foreach (string name in new[] { "adam", "nora" })
            KeptFaces.Enrol(file, pipeline, name, keeps);
        _file.Sql($"UPDATE encoder SET name = '{former.Formerly}'");
        return file;
    }
}
