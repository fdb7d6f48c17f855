//! How much clients may send and ask for.

use super::declared::declared;

declared! {
    /// How much clients may send and ask for.
    Limits "limits" {
        /// Bytes of an uploaded file.
        max_file_size: u64 = 104857600, MAX_FILE_SIZE;
        /// Bytes of an exported project that is to be imported.
        max_import_size: u64 = 2147483648_i64, MAX_IMPORT_SIZE;
        /// Bytes of a message.
        max_message_bytes: usize = 32768, MAX_MESSAGE_BYTES;
        /// Passages that a question may ask for.
        max_top_k: usize = 50, MAX_TOP_K;
        /// Seconds without a byte after which an upload is cut.
        upload_idle_s: u64 = 60, UPLOAD_IDLE_S;
    }
}
