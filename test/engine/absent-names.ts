/** Public names of NumPy and SciPy that the engine's tables do not have, and why. Whatever is not named here is there. */
export const absentNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    'no arrays of objects, texts, records, dates or matrices of the old class':
      'asmatrix bmat matrix recarray fromregex busday_count busday_offset busdaycalendar is_busday isnat datetime_as_string datetime_data',
    'Python objects and their protocols, which the façade has in Python':
      'broadcast dtype errstate finfo iinfo flatiter frompyfunc from_dlpack frombuffer fromiter fromstring geterr geterrcall seterr seterrcall getbufsize setbufsize info iterable isdtype issubdtype mintypecode common_type min_scalar_type result_type typename may_share_memory shares_memory ndarray ndenumerate ndindex nditer nested_iters poly1d printoptions get_printoptions set_printoptions ufunc vectorize base_repr binary_repr format_float_positional format_float_scientific',
    'files are opened by the caller: `io` reads and writes what they hold':
      'fromfile genfromtxt load loadtxt memmap save savetxt savez savez_compressed scipy.sparse.load_npz scipy.sparse.save_npz',
    'about the installation':
      'get_include show_config show_runtime test linalg.test fft.test random.test scipy.linalg.test scipy.sparse.linalg.test',
    'removed or deprecated': 'row_stack scipy.linalg.solve_lyapunov scipy.sparse.linalg.use_solver',
    'bits of bytes, outside of linear algebra': 'bitwise_count packbits unpackbits',
    'generators stand by their words; RandomState is over the Twister':
      'random.BitGenerator random.MT19937 random.get_bit_generator random.set_bit_generator',
    'raw access to BLAS and LAPACK':
      'scipy.linalg.find_best_blas_type scipy.linalg.get_blas_funcs scipy.linalg.get_lapack_funcs',
    'beyond the course: special factorisations, equations and updates; to be added when somebody asks':
      'scipy.linalg.clarkson_woodruff_transform scipy.linalg.cossin scipy.linalg.funm scipy.linalg.qr_delete scipy.linalg.qr_insert scipy.linalg.qr_update scipy.linalg.solve_discrete_lyapunov',
    'formats for building and blocks, which the four formats here replace':
      'scipy.sparse.bsr_array scipy.sparse.bsr_matrix scipy.sparse.dok_array scipy.sparse.dok_matrix scipy.sparse.lil_array scipy.sparse.lil_matrix scipy.sparse.isspmatrix_bsr scipy.sparse.isspmatrix_dok scipy.sparse.isspmatrix_lil',
    'classes and inner functions of SciPy':
      'scipy.sparse.sparray scipy.sparse.spmatrix scipy.sparse.get_index_dtype scipy.sparse.safely_cast_index_arrays scipy.sparse.linalg.SuperLU scipy.sparse.linalg.LaplacianNd',
    'arrays of more than two axes, which sparse ones here have not':
      'scipy.sparse.expand_dims scipy.sparse.permute_dims scipy.sparse.swapaxes',
    'further iterative methods, for which the ones here stand': 'scipy.sparse.linalg.funm_multiply_krylov',
  }).flatMap(([reason, names]) => names.split(' ').map((name) => [name, reason])),
);
