using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        /// <summary>A generator that starts from a seed.</summary>
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            NativeMethods.Check(NativeMethods.cnnviz_generator_create(seed, (int)this.device.type, this.device.index, out _handle));
        }

        /// <summary>Frees the native generator.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The device it makes numbers for.</summary>
        public Device device { get; }

        /// <summary>The native generator.</summary>
        /// <exception cref="ObjectDisposedException">It has been disposed.</exception>
        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>Starts again from a seed.</summary>
        public Generator manual_seed(long seed)
        {
            NativeMethods.Check(NativeMethods.cnnviz_generator_seed(Handle, (ulong)seed));
            return this;
        }

        /// <summary>The seed it was started from.</summary>
        public long initial_seed() => (long)NativeMethods.cnnviz_generator_initial_seed(Handle);

        /// <summary>Its whole state, a tensor of bytes.</summary>
        public Tensor get_state()
        {
            NativeMethods.Check(NativeMethods.cnnviz_generator_state(Handle, out var state));
            return new Tensor(state);
        }

        /// <summary>Takes up a state that <see cref="get_state"/> gave.</summary>
        public void set_state(Tensor value) => NativeMethods.Check(NativeMethods.cnnviz_generator_set_state(Handle, value.Handle));

        /// <summary>Frees the native generator.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Frees the native generator once.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
                NativeMethods.cnnviz_generator_free(handle);
        }
    }
}
