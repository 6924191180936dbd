using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class LibrariesCheckTests
{
    [Fact]
    public async Task TheLibrariesLoadOnThisMachine()
    {
        using SomeDoor door = new();
        (await door.FindAsync<LibrariesCheck>()).AreAllOk();
    }
}
