using System.Numerics;
using DoorAgent.Encodings;
using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Simulation;
using DoorAgent.Simulation.Drawing;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Simulation;

/// <summary>What the drawn scenes promise: a sheet with straight edges that moves before a background that stands, and a head that
/// turns.</summary>
public sealed class PresentedSceneTests
{
    private const ulong Seed = 3;

    private readonly Frame _picture = new();
    private readonly Frame _frame = new();

    public PresentedSceneTests() => PictureFile.Read(Path.Combine(Places.BuiltInPeople, "nora", "door-1", "00.jpg"), _picture);

    public static TheoryData<string> Kinds => [.. Enum.GetNames<Presentation>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AFrameDependsOnTheTimeAlone(string kind)
    {
        PresentedScene scene = Scene(Enum.Parse<Presentation>(kind)), other = Scene(Enum.Parse<Presentation>(kind));
        byte[] late = Paint(scene, 2.4), early = Paint(scene, 0.3);
        Assert.Equal((640, 480), (_frame.Width, _frame.Height));
        Assert.Equal(early, Paint(other, 0.3));
        Assert.Equal(late, Paint(other, 2.4));
        Assert.Equal(kind == nameof(Presentation.Still), early.AsSpan().SequenceEqual(late));
    }

    [Fact]
    public void FourStraightEdgesOfWhitePaperEncloseThePrint()
    {
        HeldSheet sheet = new(Seed);
        PresentedScene scene = Scene(Presentation.Print);
        for (double at = 0; at < 6; at += 1.3)
        {
            Paint(scene, at);
            Vector2[] corners = sheet.Corners(at, new Texture(_picture), _frame);
            Vector2 middle = (corners[0] + corners[1] + corners[2] + corners[3]) / 4;
            for (int edge = 0; edge < 4; edge++)
            {
                int distinct = 0;
                for (int part = 4; part < 16; part++)
                {
                    Vector2 on = Vector2.Lerp(corners[edge], corners[(edge + 1) % 4], part / 20f), inward = Vector2.Normalize(middle - on);
                    // A lamp of the ceiling is brighter than paper.
                    distinct += Math.Abs(Level(on + (3 * inward)) - Level(on - (3 * inward))) > 8 ? 1 : 0;
                }

                Assert.True(distinct >= 10, $"edge {edge} at {at} s: {distinct} of 12 places");
            }
        }
    }

    [Fact]
    public void TheSheetMovesAndTheCorridorStandsApartFromItsLight()
    {
        HeldSheet sheet = new(Seed);
        PresentedScene scene = Scene(Presentation.Print);
        Vector2[] places = [.. Enumerable.Range(0, 40).Select(i => sheet.Corners(i * 0.1, new Texture(_picture), _frame)[0])];
        Assert.InRange(Vector2.Distance(places.Aggregate(Vector2.Min), places.Aggregate(Vector2.Max)), 5, 40);
        byte[] before = Paint(scene, 0), after = Paint(scene, 0.9);
        // The upper left corner of the view shows ceiling and wall only.
        for (int y = 0; y < 20; y++)
        {
            for (int x = 0; x < 3 * 60; x++)
                Assert.InRange(after[(3 * 640 * y) + x], (before[(3 * 640 * y) + x] * 0.95) - 2, (before[(3 * 640 * y) + x] * 1.05) + 2);
        }
    }

    [Fact]
    public void AFilmPlaysOnThePhoneAndNotOnTheSheet()
    {
        Frame black = new();
        black.Resize(320, 240);
        black.Pixels.Clear();
        PresentedScene phone = new(Presentation.Replay, [_picture, black], null, Seed);
        phone.Paint(_frame, TimeSpan.Zero, 0);
        double lit = Level(new Vector2(320, 240));
        phone.Paint(_frame, TimeSpan.Zero, 1);
        Assert.True(Level(new Vector2(320, 240)) < lit - 50);
    }

    [Fact]
    public void OnlyAPersonWhoUnderstandsTurnsTheHeadAndComesBack()
    {
        PresentedScene live = Scene(Presentation.Live), turn = Scene(Presentation.Turn), wrong = Scene(Presentation.WrongTurn);
        foreach (PresentedScene scene in new[] { live, turn, wrong })
            scene.Ask(TurnDirection.Left, TimeSpan.FromSeconds(1));
        Assert.Equal(Paint(live, 1.5), Paint(turn, 1.5));
        byte[] unmoved = Paint(live, 2.5), left = Paint(turn, 2.5), right = Paint(wrong, 2.5);
        Assert.NotEqual(unmoved, left);
        Assert.NotEqual(unmoved, right);
        Assert.NotEqual(left, right);
        Assert.Equal(Paint(live, 4), Paint(turn, 4));
    }

    [Theory]
    [InlineData("nora", "Left")]
    [InlineData("nora", "Right")]
    [InlineData("adam", "Left")]
    [InlineData("adam", "Right")]
    [InlineData("karl", "Left")]
    [InlineData("karl", "Right")]
    public void TheDetectorSeesTheDrawnHeadTurnAsRealHeadsDo(string name, string side)
    {
        using FacePipeline networks = TestNetworks.Strong();
        PictureFile.Read(Path.Combine(Places.BuiltInPeople, name, "door-1", "00.jpg"), _picture);
        TurnDirection asked = Enum.Parse<TurnDirection>(side);
        PresentedScene scene = Scene(Presentation.Turn, networks);
        FrontalView front = FrontalView.MedianOf([Points(networks, scene, 0), Points(networks, scene, 0.1), Points(networks, scene, 0.2)]);
        scene.Ask(asked, TimeSpan.FromSeconds(0.2));
        for (double at = 1.4; at <= 2; at += 0.2)
        {
            Landmarks turned = Points(networks, scene, at);
            // In eye distances, as ../shared/liveness.md counts: twice what HeadTurn asks for.
            Assert.InRange(front.TurnOf(turned, asked) / 2, 0.4, 1.1);
            Assert.InRange(front.MisfitOf(turned), HeadTurn.LeastMisfit, 1.1);
        }

        Assert.InRange(front.TurnOf(Points(networks, scene, 3), asked), -HeadTurn.FrontalTurn, HeadTurn.FrontalTurn);
    }

    [Theory]
    [InlineData("Print")]
    [InlineData("Replay")]
    public void TheDetectorSeesNoHeldPictureTurn(string kind)
    {
        using FacePipeline networks = TestNetworks.Strong();
        PresentedScene scene = Scene(Enum.Parse<Presentation>(kind), networks);
        FrontalView front = FrontalView.MedianOf([Points(networks, scene, 0), Points(networks, scene, 0.1), Points(networks, scene, 0.2)]);
        for (double at = 0; at < 8; at += 0.5)
        {
            Landmarks shown = Points(networks, scene, at);
            Assert.InRange(front.TurnOf(shown, TurnDirection.Left), -HeadTurn.FrontalTurn, HeadTurn.FrontalTurn);
            Assert.True(front.MisfitOf(shown) < HeadTurn.LeastMisfit);
        }
    }

    private PresentedScene Scene(Presentation kind, FacePipeline? networks = null)
    {
        Face? face = null;
        if (PresentedScene.NeedsFace(kind))
        {
            using FacePipeline? own = networks is null ? TestNetworks.BuiltIn() : null;
            face = MainFace.OfFrame((networks ?? own)!.FindFaces(_picture));
        }

        return new PresentedScene(kind, [_picture], face, Seed);
    }

    private Landmarks Points(FacePipeline networks, PresentedScene scene, double seconds)
    {
        Paint(scene, seconds);
        return MainFace.OfFrame(networks.FindFaces(_frame)).Landmarks;
    }

    private byte[] Paint(PresentedScene scene, double seconds)
    {
        scene.Paint(_frame, TimeSpan.FromSeconds(seconds), 0);
        return _frame.Pixels.ToArray();
    }

    private double Level(Vector2 at)
    {
        Span<byte> pixel = _frame.Pixels.Slice(3 * (((int)at.Y * _frame.Width) + (int)at.X), 3);
        return (pixel[0] + pixel[1] + pixel[2]) / 3.0;
    }
}
